package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.HolderLogins;
import ai.pathbound.identities.connect.link.HolderSteps;
import ai.pathbound.identities.connect.link.LinkStatus;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a holder types: credentials, a code. */
@ApplicationScoped
class HolderForms {
  private static final Pattern BETWEEN = Pattern.compile("[\\s\\u00a0-]+");
  private static final Pattern CODE = Pattern.compile("[0-9A-Za-z]{4,10}");

  private final HolderSteps steps;
  private final HolderLogins logins;
  private final LinkLogins submitted;
  private final LinkPages pages;
  private final FormTokens forms;
  private final PageAnswers answers;

  HolderForms(
      HolderSteps steps,
      HolderLogins logins,
      LinkLogins submitted,
      LinkPages pages,
      FormTokens forms,
      PageAnswers answers) {
    this.steps = steps;
    this.logins = logins;
    this.submitted = submitted;
    this.pages = pages;
    this.forms = forms;
    this.answers = answers;
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
      return Uni.createFrom().item(toThePage(link));
    }
    String name = username == null ? "" : username.strip();
    String word = password == null ? "" : password;
    LinkView view = LinkView.of(link, cookie, request);
    Optional<FormProblem> wrong = CredentialsProblems.of(name, word);
    if (wrong.isPresent()) {
      return pages.standing(view.with(wrong.get().beside(name)));
    }
    return logins
        .submit(
            link,
            new Credentials.Password(Secret.of(name), Secret.of(word)),
            request.address(),
            null)
        .map(begun -> toThePage(link))
        .onFailure(RefusalException.class)
        .recoverWithUni(refusal -> refused(refusal, view, name));
  }

  private Uni<Response> refused(RefusalException refusal, LinkView view, String username) {
    return switch (refusal.code()) {
      case "login_in_progress" -> busy(view, username);
      case "too_many_logins" ->
          pages.standing(
              view.with(CredentialsProblems.tooMany(refusal, view.link()).beside(username)));
      // The page says how it stands.
      default -> Uni.createFrom().item(toThePage(view.link()));
    };
  }

  /** The login under way may be the one that a second click on this form has begun. */
  private Uni<Response> busy(LinkView view, String username) {
    return steps
        .ofBrowser(view.link().facts().link(), view.cookie())
        .flatMap(
            found ->
                found
                    .filter(present -> present.status() == LinkStatus.OPENED)
                    .map(
                        present ->
                            pages.standing(
                                LinkView.of(present, view.cookie(), view.request())
                                    .with(FormProblem.of(Texts::credentialsBusy).beside(username))))
                    .orElseGet(() -> Uni.createFrom().item(toThePage(view.link()))));
  }

  private Response toThePage(StoredLink link) {
    return answers.toThePage(link.facts().link());
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
                return Uni.createFrom().item(toThePage(link));
              }
              if (!CODE.matcher(typed).matches()) {
                return pages.standing(
                    LinkView.of(link, cookie, request).with(FormProblem.of(Texts::codeMalformed)));
              }
              return logins
                  .answer(link, Secret.of(typed), request.address())
                  .map(answered -> toThePage(link))
                  .onFailure(RefusalException.class)
                  .recoverWithItem(() -> toThePage(link));
            });
  }
}
