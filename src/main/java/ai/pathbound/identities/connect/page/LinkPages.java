package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.connect.link.TenantPage;
import ai.pathbound.identities.connect.link.TenantPages;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The page of a link in whatever state. */
@ApplicationScoped
class LinkPages {
  private static final int OK = 200;

  private final TenantPages tenants;
  private final LinkLogins logins;
  private final FormTokens forms;
  private final PageAnswers answers;
  private final EndPages ends;

  LinkPages(
      TenantPages tenants,
      LinkLogins logins,
      FormTokens forms,
      PageAnswers answers,
      EndPages ends) {
    this.tenants = tenants;
    this.logins = logins;
    this.forms = forms;
    this.answers = answers;
    this.ends = ends;
  }

  /** Asks for the consent: the page of a link that is bound to nobody. */
  Uni<Response> consent(StoredLink link, Secret token, PageRequest request) {
    return tenant(link)
        .flatMap(
            tenant -> {
              PageFrame frame = answers.frame(request.languageOf(link), tenant);
              return answers.page(
                  OK,
                  frame,
                  PageTemplates.consent(
                      frame, forms.of(token, FormTokens.CONSENT, link.version())));
            });
  }

  /** An expired, revoked or used link, for a browser that it is not bound to. */
  Uni<Response> gone(StoredLink link, PageRequest request) {
    return tenant(link).flatMap(tenant -> ends.gone(ends.setting(link, request, tenant)));
  }

  /** A link that is bound to another browser. */
  Uni<Response> elsewhere(StoredLink link, PageRequest request) {
    return tenant(link).flatMap(tenant -> ends.elsewhere(ends.setting(link, request, tenant)));
  }

  /** How a link stands, for the browser that it is bound to. */
  Uni<Response> standing(LinkView view) {
    return Uni.combine()
        .all()
        .unis(tenant(view.link()), logins.of(view.link()))
        .asTuple()
        .flatMap(
            read ->
                view.link()
                    .state()
                    .accept(
                        new StandingPage(
                            view, read.getItem1(), read.getItem2(), forms, answers, ends)));
  }

  private Uni<Optional<TenantPage>> tenant(StoredLink link) {
    return tenants.find(link.facts().tenant());
  }
}
