package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.Consents;
import ai.pathbound.identities.connect.link.HolderSteps;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.connect.link.TenantPage;
import ai.pathbound.identities.connect.link.TenantPages;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The holder's consent: to the text that was shown, and from a browser that keeps its cookie. */
@ApplicationScoped
class ConsentForm {
  private final HolderSteps steps;
  private final TenantPages tenants;
  private final LinkPages pages;
  private final FormTokens forms;
  private final BrowserCookie cookies;
  private final PageAnswers answers;

  ConsentForm(
      HolderSteps steps,
      TenantPages tenants,
      LinkPages pages,
      FormTokens forms,
      BrowserCookie cookies,
      PageAnswers answers) {
    this.steps = steps;
    this.tenants = tenants;
    this.pages = pages;
    this.forms = forms;
    this.cookies = cookies;
    this.answers = answers;
  }

  /** Consents, and binds the link to this browser; asks again where it was not to this text. */
  Uni<Response> post(StoredLink link, String form, PageRequest request) {
    Optional<Secret> cookie = cookies.of(request, link.facts().link());
    if (cookie.isEmpty()) {
      return again(link, request, FormProblem.of(Texts::consentCookie));
    }
    return tenants
        .find(link.facts().tenant())
        .map(page -> page.map(TenantPage::displayName).orElseThrow(RefusalException::notFound))
        .map(name -> ConsentTexts.of(request.languageOf(link), name))
        .flatMap(
            shown ->
                forms.matches(
                        form, cookie.get(), FormTokens.consentTo(shown.text()), link.version())
                    ? open(link, cookie.get(), shown, request)
                    : again(link, request, FormProblem.of(Texts::consentAgain)));
  }

  private Uni<Response> again(StoredLink link, PageRequest request, FormProblem problem) {
    return pages.consent(link, request, Optional.of(problem));
  }

  private Uni<Response> open(
      StoredLink link, Secret cookie, Consents.Shown shown, PageRequest request) {
    return steps
        .open(link, cookie, shown, Consents.From.of(request.userAgent(), request.address()))
        .flatMap(
            after -> {
              if (steps.isBoundTo(after, cookie)) {
                return Uni.createFrom()
                    .item(
                        Response.fromResponse(answers.toThePage(after.facts().link()))
                            .cookie(cookies.set(after, cookie))
                            .build());
              }
              return after.state().usable().isPresent()
                  ? pages.elsewhere(after, request)
                  : pages.gone(after, request);
            });
  }
}
