package ai.pathbound.identities.connect.api;

import ai.pathbound.identities.connect.link.Consents;
import ai.pathbound.identities.connect.link.LinkOptions;
import ai.pathbound.identities.connect.link.PageLanguage;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.connect.link.TenantPage;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.json.Paged;
import ai.pathbound.identities.json.Pagination;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.secret.Secret;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The success bodies of the calls for connect links. */
final class ConnectResponses {
  private static final String SUCCESS = "success";

  private ConnectResponses() {}

  /**
   * A link as the API shows it.
   *
   * @param url where the holder opens it; only the answer that made it has it
   * @param sessionId the login of the last submission
   * @param errorCode why it failed, or why credentials are asked for again
   */
  @RegisterForReflection
  record View(
      @JsonProperty("link_id") String linkId,
      @JsonProperty("identity_id") String identityId,
      String url,
      String status,
      @JsonProperty("session_id") String sessionId,
      @JsonProperty("error_code") String errorCode,
      @JsonProperty("redirect_url") String redirectUrl,
      String country,
      String locale,
      @JsonProperty("expires_at") Instant expiresAt,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("opened_at") Instant openedAt,
      @JsonProperty("updated_at") Instant updatedAt) {
    static View of(StoredLink link, Optional<Secret> url) {
      LinkOptions options = link.options();
      return new View(
          link.facts().link().toString(),
          link.facts().identity().toString(),
          url.map(Secret::reveal).orElse(null),
          link.status().wireName(),
          link.login().map(SessionId::toString).orElse(null),
          link.failure().map(FailureReason::wireName).orElse(null),
          options.redirectUrl().orElse(null),
          options.country().map(Country::code).orElse(null),
          options.language().map(PageLanguage::tag).orElse(null),
          link.facts().expiresAt(),
          link.facts().createdAt(),
          link.openedAt().orElse(null),
          link.updatedAt());
    }

    /** Without the URL, which is a secret. */
    @Override
    public String toString() {
      return "View[" + linkId + " " + status + "]";
    }
  }

  /** One link. */
  @RegisterForReflection
  record One(String status, @JsonProperty("connect_link") View connectLink) {
    static One of(StoredLink link) {
      return new One(SUCCESS, View.of(link, Optional.empty()));
    }

    static One withUrl(StoredLink link, Secret url) {
      return new One(SUCCESS, View.of(link, Optional.of(url)));
    }
  }

  /** A page of an identity's links, newest first. */
  @RegisterForReflection
  record Many(
      String status,
      @JsonProperty("identity_id") String identityId,
      @JsonProperty("connect_links") List<View> connectLinks,
      Pagination pagination)
      implements Paged {
    /** A page of {@code limit}, where one more was looked for to know whether there is a next. */
    static Many of(String identity, List<StoredLink> found, int limit) {
      return new Many(
          SUCCESS,
          identity,
          found.stream().limit(limit).map(link -> View.of(link, Optional.empty())).toList(),
          Pagination.of(found, limit, link -> link.facts().link().toString()));
    }
  }

  /** How the tenant appears on the page. */
  @RegisterForReflection
  record Settings(
      @JsonProperty("display_name") String displayName,
      @JsonProperty("redirect_urls") List<String> redirectUrls,
      @JsonProperty("logo_url") String logoUrl,
      @JsonProperty("accent_color") String accentColor,
      @JsonProperty("privacy_url") String privacyUrl) {
    static Settings of(Optional<TenantPage> page) {
      return new Settings(
          page.map(TenantPage::displayName).orElse(null),
          page.map(TenantPage::redirectUrls).orElse(List.of()),
          page.flatMap(TenantPage::logoUrl).orElse(null),
          page.flatMap(TenantPage::accentColor).orElse(null),
          page.flatMap(TenantPage::privacyUrl).orElse(null));
    }
  }

  /** The settings. */
  @RegisterForReflection
  record SettingsAnswer(String status, Settings settings) {
    static SettingsAnswer of(Optional<TenantPage> page) {
      return new SettingsAnswer(SUCCESS, Settings.of(page));
    }
  }

  /** What a holder consented to. */
  @RegisterForReflection
  record ConsentView(
      @JsonProperty("link_id") String linkId,
      @JsonProperty("text_sha256") String textSha256,
      @JsonProperty("text_version") String textVersion,
      @JsonProperty("consented_at") Instant consentedAt,
      @JsonProperty("user_agent") String userAgent,
      @JsonProperty("client_address") String clientAddress) {
    static ConsentView of(Consents.Consent consent) {
      return new ConsentView(
          consent.link().toString(),
          consent.text().sha256(),
          consent.text().version(),
          consent.consentedAt(),
          consent.from().userAgent().orElse(null),
          consent.from().address().orElse(null));
    }
  }

  /** The last consent for an identity. */
  @RegisterForReflection
  record ConsentAnswer(
      String status, @JsonProperty("identity_id") String identityId, ConsentView consent) {
    static ConsentAnswer of(String identity, Consents.Consent consent) {
      return new ConsentAnswer(SUCCESS, identity, ConsentView.of(consent));
    }
  }
}
