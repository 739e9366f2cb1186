package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.Consents;
import ai.pathbound.identities.connect.link.HolderSteps;
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

/**
 * The holder's consent, to the text that was shown. It binds the link to the browser that sends it:
 * to the cookie that it brings, so that a second click is no second browser, or to one that the
 * answer sets, also where this page did not make the one that it brings.
 */
@ApplicationScoped
class ConsentForm {
  private final HolderSteps steps;
  private final TenantPages tenants;
  private final LinkPages pages;
  private final FormTokens forms;
  private final BrowserCookie cookies;
  private final PageAnswers answers;
  private final PageNotices notices;

  ConsentForm(
      HolderSteps steps,
      TenantPages tenants,
      LinkPages pages,
      FormTokens forms,
      BrowserCookie cookies,
      PageAnswers answers,
      PageNotices notices) {
    this.steps = steps;
    this.tenants = tenants;
    this.pages = pages;
    this.forms = forms;
    this.cookies = cookies;
    this.answers = answers;
    this.notices = notices;
  }

  /** Consents to a pending link; asks again where its text is not the one that was shown. */
  Uni<Response> post(StoredLink link, String form, PageRequest request) {
    return tenants
        .find(link.facts().tenant())
        .map(page -> page.map(TenantPage::displayName).orElseThrow(RefusalException::notFound))
        .map(name -> ConsentTexts.of(request.languageOf(link), name))
        .flatMap(
            shown ->
                switch (forms.read(form, PageForm.consent(link.facts().link(), shown.text()))) {
                  case PRESENT -> open(link, shown, request);
                  case EARLIER ->
                      pages.consent(
                          link, request, Optional.of(FormProblem.of(Texts::consentAgain)));
                  case FOREIGN -> notices.forbidden(request);
                });
  }

  private Uni<Response> open(StoredLink link, Consents.Shown shown, PageRequest request) {
    LinkId id = link.facts().link();
    Secret cookie = steps.cookieFor(id, cookies.of(request, id));
    return steps
        .open(link, cookie, shown, Consents.From.of(request.userAgent(), request.address()))
        .flatMap(
            after ->
                steps.isBoundTo(after, cookie)
                    ? Uni.createFrom().item(opened(after, cookie))
                    : pages.closed(after, request));
  }

  /** To the page of a link, for the browser that it is bound to. */
  Response opened(StoredLink link, Secret cookie) {
    return Response.fromResponse(answers.toThePage(link.facts().link()))
        .cookie(cookies.set(link, cookie))
        .build();
  }
}
