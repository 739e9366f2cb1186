package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.Completed;
import ai.pathbound.identities.connect.link.ConnectLink;
import ai.pathbound.identities.connect.link.Expired;
import ai.pathbound.identities.connect.link.Failed;
import ai.pathbound.identities.connect.link.Opened;
import ai.pathbound.identities.connect.link.Pending;
import ai.pathbound.identities.connect.link.Revoked;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.connect.link.Submitted;
import ai.pathbound.identities.connect.link.TenantPage;
import ai.pathbound.identities.connect.link.TenantPages;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.store.LoginStore;
import ai.pathbound.identities.login.store.LoginStore.VersionedLogin;
import ai.pathbound.identities.problem.Refusal;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;

/** The page of a link in whatever state, for the browser that it is bound to. */
@ApplicationScoped
class LinkPages {
  static final String CREDENTIALS = "credentials";
  static final String CODE = "code";
  static final String CONSENT = "consent";

  private static final int OK = 200;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

  private final TenantPages tenants;
  private final LoginStore logins;
  private final FormTokens forms;
  private final PageAnswers answers;
  private final EndPages ends;

  LinkPages(
      TenantPages tenants,
      LoginStore logins,
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
              PageFrame frame = answers.frame(request.languageOf(link), tenant, false);
              return answers.page(
                  OK,
                  frame,
                  PageTemplates.consent(frame, forms.of(token, CONSENT, link.version())));
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

  /**
   * How a link stands.
   *
   * @param cookie the one of the browser that it is bound to
   * @param problem what is wrong with what was sent, to be said above the form
   */
  Uni<Response> standing(
      StoredLink link,
      Secret cookie,
      PageRequest request,
      Function<Texts, Optional<String>> problem) {
    return tenant(link)
        .flatMap(
            tenant ->
                link.state().accept(new Standing(link, cookie, request, tenant, problem)));
  }

  private Uni<Optional<TenantPage>> tenant(StoredLink link) {
    return tenants.find(link.facts().tenant());
  }

  /** The login of a submitted link; empty where it is kept no longer. */
  Uni<Optional<VersionedLogin>> login(StoredLink link) {
    return logins
        .require(link.facts().tenant(), link.facts().identity(), link.login().orElseThrow())
        .map(Optional::of)
        .onFailure(Refusal.class)
        .recoverWithItem(Optional.empty());
  }

  /** A page for each state. */
  private final class Standing implements ConnectLink.Visitor<Uni<Response>> {
    private final StoredLink link;
    private final Secret cookie;
    private final PageRequest request;
    private final Optional<TenantPage> tenant;
    private final Function<Texts, Optional<String>> problem;
    private final Texts texts;

    Standing(
        StoredLink link,
        Secret cookie,
        PageRequest request,
        Optional<TenantPage> tenant,
        Function<Texts, Optional<String>> problem) {
      this.link = link;
      this.cookie = cookie;
      this.request = request;
      this.tenant = tenant;
      this.problem = problem;
      this.texts = PageLanguages.texts(request.languageOf(link));
    }

    private PageFrame frame(boolean refreshes) {
      return answers.frame(request.languageOf(link), tenant, refreshes);
    }

    private EndPages.Setting setting() {
      return ends.setting(link, request, tenant);
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
      PageFrame frame = frame(false);
      return answers.page(
          OK,
          frame,
          PageTemplates.credentials(
              frame,
              forms.of(cookie, CREDENTIALS, link.version()),
              problem.apply(texts).or(() -> refused).orElse(null)));
    }

    @Override
    public Uni<Response> submitted(Submitted state) {
      return login(link)
          .flatMap(
              login ->
                  login
                      .filter(found -> found.state().challenge().isPresent())
                      .map(this::challenge)
                      .orElseGet(
                          () -> {
                            PageFrame frame = frame(true);
                            return answers.page(OK, frame, PageTemplates.working(frame));
                          }));
    }

    private Uni<Response> challenge(VersionedLogin login) {
      LoginSnapshot state = login.state();
      ChallengeKind kind = state.challenge().orElseThrow();
      String until = CLOCK.format(state.verification().expiresAt().orElseThrow());
      if (!kind.asksForCode()) {
        PageFrame frame = frame(true);
        return answers.page(
            OK,
            frame,
            PageTemplates.approval(frame, kind == ChallengeKind.EMAIL_LINK, until));
      }
      Optional<String> wrong =
          state.lastCodeWrong() ? Optional.of(texts.codeWrong()) : Optional.empty();
      PageFrame frame = frame(false);
      return answers.page(
          OK,
          frame,
          PageTemplates.code(
              frame,
              forms.of(cookie, CODE, login.version()),
              problem.apply(texts).or(() -> wrong).orElse(null),
              where(kind),
              state.verification().attemptsRemaining(),
              until));
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

    @Override
    public Uni<Response> completed(Completed state) {
      return ends.completed(setting(), state);
    }

    @Override
    public Uni<Response> failed(Failed state) {
      return ends.failed(setting(), state);
    }

    @Override
    public Uni<Response> expired(Expired state) {
      return ends.gone(setting());
    }

    @Override
    public Uni<Response> revoked(Revoked state) {
      return ends.gone(setting());
    }
  }
}
