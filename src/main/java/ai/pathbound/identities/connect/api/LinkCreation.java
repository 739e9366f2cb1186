package ai.pathbound.identities.connect.api;

import ai.pathbound.identities.connect.ConnectAddress;
import ai.pathbound.identities.connect.link.ConnectLinks;
import ai.pathbound.identities.connect.link.TenantPage;
import ai.pathbound.identities.connect.link.TenantPages;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.idempotency.IdempotencyKey;
import ai.pathbound.identities.idempotency.IdempotencyKeys;
import ai.pathbound.identities.idempotency.IdempotentRequests;
import ai.pathbound.identities.idempotency.StoredResponse;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.Caller;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Makes connect links, once per idempotency key; what is kept of the answer is sealed. */
@ApplicationScoped
class LinkCreation {
  private static final int CREATED = 201;

  private final Transactions transactions;
  private final IdempotencyKeys keys;
  private final IdempotentRequests idempotent;
  private final ConnectAddress address;
  private final ConnectLinks links;
  private final TenantPages pages;
  private final LinkedInConnector connector;
  private final ObjectMapper json;

  LinkCreation(
      Transactions transactions,
      IdempotencyKeys keys,
      IdempotentRequests idempotent,
      ConnectAddress address,
      ConnectLinks links,
      TenantPages pages,
      LinkedInConnector connector,
      ObjectMapper json) {
    this.transactions = transactions;
    this.keys = keys;
    this.idempotent = idempotent;
    this.address = address;
    this.links = links;
    this.pages = pages;
    this.connector = connector;
    this.json = json;
  }

  Uni<StoredResponse> create(
      Caller who,
      IdentityId identity,
      ConnectLinkBody.Valid link,
      List<String> keyHeader,
      byte[] body) {
    link.options()
        .country()
        .filter(country -> !connector.reaches(country))
        .ifPresent(
            country -> {
              throw country.unavailable();
            });
    String path = ConnectLinkResource.path(identity);
    Optional<IdempotencyKey> key = keys.of(who, "POST " + path, keyHeader, body);
    return transactions
        .run(
            tx ->
                idempotent.once(tx.statements(), key, () -> create(tx, who, identity, link, path)))
        .map(IdempotentRequests.Kept::response)
        .invoke(StoredResponse::orThrow);
  }

  private Uni<StoredResponse> create(
      Transaction tx, Caller who, IdentityId identity, ConnectLinkBody.Valid link, String path) {
    return pages
        .find(tx.connection(), who.tenant())
        .invoke(page -> requireAllowed(page, link.options().redirectUrl()))
        .flatMap(page -> links.create(tx, who, identity, link.options(), link.expiresIn()))
        .map(
            made ->
                StoredResponse.of(
                        CREATED,
                        path + "/" + made.link().facts().link(),
                        ConnectResponses.One.withUrl(made.link(), address.url(made.token())),
                        json)
                    .sealedFor(made.link().facts().link().uuid()));
  }

  private static void requireAllowed(Optional<TenantPage> page, Optional<String> redirectUrl) {
    if (page.isEmpty()) {
      throw RefusalException.of(
          RefusalException.Kind.CONFLICT,
          "connect_settings_required",
          "The page would not say who asks. Set a display_name by PUT /v1/connect/settings first.");
    }
    if (redirectUrl.isPresent() && !page.get().redirectUrls().contains(redirectUrl.get())) {
      throw RefusalException.of(
          RefusalException.Kind.INVALID,
          "redirect_url_not_allowed",
          "The redirect_url is none of the redirect_urls of your connect settings; it must equal"
              + " one of them.");
    }
  }
}
