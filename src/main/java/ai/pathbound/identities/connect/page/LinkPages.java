package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.HolderSteps;
import ai.pathbound.identities.connect.link.PageLanguage;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.connect.link.TenantPage;
import ai.pathbound.identities.connect.link.TenantPages;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.problem.RefusalException;
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
  private final HolderSteps steps;
  private final BrowserCookie cookies;

  LinkPages(
      TenantPages tenants,
      LinkLogins logins,
      FormTokens forms,
      PageAnswers answers,
      EndPages ends,
      HolderSteps steps,
      BrowserCookie cookies) {
    this.tenants = tenants;
    this.logins = logins;
    this.forms = forms;
    this.answers = answers;
    this.ends = ends;
    this.steps = steps;
    this.cookies = cookies;
  }

  /** Asks for the consent: the page of a link that is bound to nobody. */
  Uni<Response> consent(StoredLink link, PageRequest request, Optional<FormProblem> problem) {
    PageLanguage language = request.languageOf(link);
    LinkId id = link.facts().link();
    Secret cookie = steps.cookieFor(id, cookies.of(request, id));
    return tenant(link)
        .flatMap(
            tenant -> {
              String name =
                  tenant.map(TenantPage::displayName).orElseThrow(RefusalException::notFound);
              PageFrame frame = answers.frame(id, language, tenant);
              return answers.page(
                  OK,
                  frame,
                  PageTemplates.consent(
                      frame,
                      forms.of(PageForm.consent(id, ConsentTexts.of(language, name).text())),
                      problem
                          .map(found -> found.sentence().apply(PageLanguages.texts(language)))
                          .orElse(null)));
            })
        .map(page -> Response.fromResponse(page).cookie(cookies.set(link, cookie)).build());
  }

  /** A link that is not pending, for a browser that it is not bound to. */
  Uni<Response> closed(StoredLink link, PageRequest request) {
    return link.status().isTerminal() ? gone(link, request) : elsewhere(link, request);
  }

  /** An expired, revoked or used link, for a browser that it is not bound to. */
  private Uni<Response> gone(StoredLink link, PageRequest request) {
    return tenant(link).flatMap(tenant -> ends.gone(ends.setting(link, request, tenant)));
  }

  /** A link that is bound to another browser. */
  private Uni<Response> elsewhere(StoredLink link, PageRequest request) {
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
