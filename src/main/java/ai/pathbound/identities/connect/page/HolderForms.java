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
  private final PageNotices notices;

  HolderForms(
      HolderSteps steps,
      HolderLogins logins,
      LinkLogins submitted,
      LinkPages pages,
      FormTokens forms,
      PageAnswers answers,
      PageNotices notices) {
    this.steps = steps;
    this.logins = logins;
    this.submitted = submitted;
    this.pages = pages;
    this.forms = forms;
    this.answers = answers;
    this.notices = notices;
  }

  /** Begins a login; a form of an earlier state shows the present one. */
  Uni<Response> credentials(
      StoredLink link,
      Secret cookie,
      String form,
      String username,
      String password,
      PageRequest request) {
    FormTokens.Sent sent = forms.read(form, PageForm.credentials(cookie, link));
    if (sent != FormTokens.Sent.PRESENT || link.status() != LinkStatus.OPENED) {
      return notAsked(sent, link, request);
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

  /** A form of an earlier state leads to the present one; anything else is not this page's. */
  private Uni<Response> notAsked(FormTokens.Sent sent, StoredLink link, PageRequest request) {
    return sent == FormTokens.Sent.FOREIGN
        ? notices.forbidden(request)
        : Uni.createFrom().item(toThePage(link));
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
              FormTokens.Sent sent =
                  forms.read(form, PageForm.code(cookie, LinkLogins.version(link, login)));
              if (sent != FormTokens.Sent.PRESENT || login.isEmpty()) {
                return notAsked(sent, link, request);
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
