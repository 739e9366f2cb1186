package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.Completed;
import ai.pathbound.identities.connect.link.ConnectLink;
import ai.pathbound.identities.connect.link.Expired;
import ai.pathbound.identities.connect.link.Failed;
import ai.pathbound.identities.connect.link.Opened;
import ai.pathbound.identities.connect.link.Pending;
import ai.pathbound.identities.connect.link.Revoked;
import ai.pathbound.identities.connect.link.Submitted;
import ai.pathbound.identities.connect.link.TenantPage;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.store.LoginStore.VersionedLogin;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A page for each state of a link, for the browser that the link is bound to. */
final class StandingPage implements ConnectLink.Visitor<Uni<Response>> {
  private static final int OK = 200;

  private final LinkView view;
  private final Optional<TenantPage> tenant;
  private final Optional<VersionedLogin> login;
  private final FormTokens forms;
  private final PageAnswers answers;
  private final EndPages ends;
  private final Texts texts;

  StandingPage(
      LinkView view,
      Optional<TenantPage> tenant,
      Optional<VersionedLogin> login,
      FormTokens forms,
      PageAnswers answers,
      EndPages ends) {
    this.view = view;
    this.tenant = tenant;
    this.login = login;
    this.forms = forms;
    this.answers = answers;
    this.ends = ends;
    this.texts = view.texts();
  }

  private PageFrame frame(Reload reload) {
    return answers.frame(
        view.link().facts().link(),
        view.request().languageOf(view.link()),
        tenant,
        LinkLogins.version(view.link(), login),
        reload);
  }

  private Uni<Response> page(PageFrame frame, TemplateInstance template) {
    return answers.page(OK, frame, template);
  }

  private String problem(Optional<String> otherwise) {
    return view.problem()
        .filter(found -> !WaysForm.concerns(found))
        .map(found -> found.sentence().apply(texts))
        .or(() -> otherwise)
        .orElse(null);
  }

  /** Until that end, or until the link's where that comes before. */
  private TimeLeft left(Optional<Instant> end) {
    Instant links = view.link().facts().expiresAt();
    return TimeLeft.between(view.link().now(), end.filter(links::isAfter).orElse(links));
  }

  private EndPages.Setting setting() {
    return ends.setting(view.link(), view.request(), tenant);
  }

  @Override
  public Uni<Response> pending(Pending state) {
    throw new IllegalStateException("a pending link is bound to no browser");
  }

  @Override
  public Uni<Response> opened(Opened state) {
    Optional<String> refused =
        state.wasRefused()
            ? Optional.of(texts.credentialsRefused(state.submissionsLeft()))
            : Optional.empty();
    Set<String> wrong =
        view.problem()
            .map(FormProblem::fields)
            .orElse(
                state.wasRefused() ? Set.of(FormProblem.USERNAME, FormProblem.PASSWORD) : Set.of());
    PageFrame frame = frame(Reload.NEVER);
    return page(
        frame,
        PageTemplates.credentials(
            frame,
            new CredentialsForm(
                forms.of(PageForm.credentials(view.cookie(), view.link())),
                problem(refused),
                view.problem().map(FormProblem::username).orElse(""),
                wrong.contains(FormProblem.USERNAME),
                wrong.contains(FormProblem.PASSWORD)),
            left(Optional.empty())));
  }

  @Override
  public Uni<Response> submitted(Submitted state) {
    Optional<LoginSnapshot> standing = login.map(VersionedLogin::state);
    return standing
        .flatMap(LoginSnapshot::challenge)
        .map(kind -> challenge(kind, login.orElseThrow()))
        .orElseGet(() -> working(standing));
  }

  private Uni<Response> working(Optional<LoginSnapshot> standing) {
    boolean queued = standing.map(LoginSnapshot::status).equals(Optional.of(LoginStatus.QUEUED));
    PageFrame frame = frame(view.reload());
    return page(
        frame,
        PageTemplates.working(frame, queued, left(standing.flatMap(LoginSnapshot::deadline))));
  }

  private Uni<Response> challenge(ChallengeKind kind, VersionedLogin asked) {
    LoginSnapshot state = asked.state();
    TimeLeft left = left(state.verification().expiresAt());
    WaysForm ways = WaysForm.of(view, asked, forms);
    if (!kind.asksForCode()) {
      PageFrame frame = frame(view.reload());
      return page(
          frame,
          PageTemplates.approval(frame, kind == ChallengeKind.EMAIL_LINK, hint(kind), left, ways));
    }
    Optional<String> wrong =
        state.lastCodeWrong() ? Optional.of(texts.codeWrong()) : Optional.empty();
    PageFrame frame = frame(Reload.NEVER);
    return page(
        frame,
        PageTemplates.code(
            frame,
            forms.of(PageForm.code(view.cookie(), LinkLogins.version(view.link(), login))),
            problem(wrong),
            where(kind),
            kind == ChallengeKind.AUTHENTICATOR_CODE,
            hint(kind),
            state.verification().attemptsRemaining(),
            left,
            ways));
  }

  private String where(ChallengeKind kind) {
    return switch (kind) {
      case AUTHENTICATOR_CODE -> texts.codeAuthenticator();
      case SMS_CODE -> texts.codeSms();
      case EMAIL_CODE -> texts.codeEmail();
      case APP_APPROVAL, EMAIL_LINK ->
          throw new IllegalArgumentException("no code is asked for: " + kind);
    };
  }

  private String hint(ChallengeKind kind) {
    return switch (kind) {
      case AUTHENTICATOR_CODE -> texts.stuckAuthenticator();
      case SMS_CODE -> texts.stuckSms();
      case EMAIL_CODE, EMAIL_LINK -> texts.stuckEmail();
      case APP_APPROVAL -> texts.stuckApp();
    };
  }

  @Override
  public Uni<Response> completed(Completed state) {
    return ends.completed(setting());
  }

  @Override
  public Uni<Response> failed(Failed state) {
    return ends.failed(setting(), state);
  }

  @Override
  public Uni<Response> expired(Expired state) {
    return ends.over(setting());
  }

  @Override
  public Uni<Response> revoked(Revoked state) {
    return ends.over(setting());
  }
}
