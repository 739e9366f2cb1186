package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.Consents;
import ai.pathbound.identities.connect.link.HolderLogins;
import ai.pathbound.identities.connect.link.HolderSteps;
import ai.pathbound.identities.connect.link.LinkStatus;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.connect.link.TenantPage;
import ai.pathbound.identities.connect.link.TenantPages;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;

/** What a holder sends: the consent, credentials, a code. */
@ApplicationScoped
class HolderForms {
  private static final int USERNAME_LENGTH = 320;
  private static final int PASSWORD_LENGTH = 1024;
  private static final Pattern BETWEEN = Pattern.compile("[\\s\\u00a0-]+");
  private static final Pattern CODE = Pattern.compile("[0-9A-Za-z]{4,10}");

  private final HolderSteps steps;
  private final HolderLogins logins;
  private final LinkLogins submitted;
  private final TenantPages tenants;
  private final LinkPages pages;
  private final FormTokens forms;
  private final BrowserCookie cookies;
  private final PageAnswers answers;

  HolderForms(
      HolderSteps steps,
      HolderLogins logins,
      LinkLogins submitted,
      TenantPages tenants,
      LinkPages pages,
      FormTokens forms,
      BrowserCookie cookies,
      PageAnswers answers) {
    this.steps = steps;
    this.logins = logins;
    this.submitted = submitted;
    this.tenants = tenants;
    this.pages = pages;
    this.forms = forms;
    this.cookies = cookies;
    this.answers = answers;
  }

  /** Consents to what was shown, and binds the link to this browser. */
  Uni<Response> consent(StoredLink link, Secret token, String form, PageRequest request) {
    if (!forms.matches(form, token, FormTokens.CONSENT, link.version())) {
      return pages.consent(link, token, request);
    }
    Secret cookie = steps.newCookie();
    return tenants
        .find(link.facts().tenant())
        .map(page -> page.map(TenantPage::displayName).orElseThrow(RefusalException::notFound))
        .flatMap(
            name ->
                steps.open(
                    link,
                    cookie,
                    ConsentTexts.of(PageLanguages.texts(request.languageOf(link)), name),
                    Consents.From.of(request.userAgent(), request.address())))
        .flatMap(
            after -> {
              if (steps.isBoundTo(after, cookie)) {
                return Uni.createFrom()
                    .item(
                        Response.fromResponse(answers.toThePage())
                            .cookie(cookies.bind(after, cookie))
                            .build());
              }
              return after.state().usable().isPresent()
                  ? pages.elsewhere(after, request)
                  : pages.gone(after, request);
            });
  }

  /** Begins a login; a form of an earlier state shows the present one. */
  Uni<Response> credentials(
      StoredLink link,
      Secret cookie,
      String form,
      String username,
      String password,
      PageRequest request) {
    if (link.status() != LinkStatus.OPENED
        || !forms.matches(form, cookie, FormTokens.CREDENTIALS, link.version())) {
      return Uni.createFrom().item(answers.toThePage());
    }
    String name = username == null ? "" : username.strip();
    if (name.isEmpty()
        || name.length() > USERNAME_LENGTH
        || password == null
        || password.isEmpty()
        || password.length() > PASSWORD_LENGTH) {
      return pages.standing(
          LinkView.of(link, cookie, request).withProblem(Texts::credentialsMissing));
    }
    return logins
        .submit(
            link, new Credentials(Secret.of(name), Secret.of(password)), request.address(), null)
        .map(begun -> answers.toThePage())
        .onFailure(RefusalException.class)
        .recoverWithUni(refusal -> refused(refusal, link, cookie, request));
  }

  private Uni<Response> refused(
      RefusalException refusal, StoredLink link, Secret cookie, PageRequest request) {
    return switch (refusal.code()) {
      case "login_in_progress" ->
          pages.standing(LinkView.of(link, cookie, request).withProblem(Texts::credentialsBusy));
      case "too_many_logins" ->
          pages.standing(LinkView.of(link, cookie, request).withProblem(Texts::credentialsTooMany));
      // The page says how it stands.
      default -> Uni.createFrom().item(answers.toThePage());
    };
  }

  /** Gives a code to the login; a form of an earlier state shows the present one. */
  Uni<Response> code(
      StoredLink link, Secret cookie, String form, String code, PageRequest request) {
    String typed = code == null ? "" : BETWEEN.matcher(code).replaceAll("");
    return submitted
        .of(link)
        .flatMap(
            login -> {
              if (login.isEmpty()
                  || !forms.matches(form, cookie, FormTokens.CODE, login.get().version())) {
                return Uni.createFrom().item(answers.toThePage());
              }
              if (!CODE.matcher(typed).matches()) {
                return pages.standing(
                    LinkView.of(link, cookie, request).withProblem(Texts::codeMalformed));
              }
              return logins
                  .answer(link, Secret.of(typed), request.address())
                  .map(answered -> answers.toThePage())
                  .onFailure(RefusalException.class)
                  .recoverWithItem(answers::toThePage);
            });
  }
}
