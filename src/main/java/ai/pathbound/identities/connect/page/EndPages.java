package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.Failed;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.connect.link.TenantPage;
import ai.pathbound.identities.login.session.FailureReason;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** The pages on which nothing can be done any more. */
@ApplicationScoped
class EndPages {
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int GONE = 410;

  private final PageAnswers answers;

  EndPages(PageAnswers answers) {
    this.answers = answers;
  }

  /** A tenant's page of a link, ready to say something. */
  record Setting(StoredLink link, PageFrame frame, Texts texts, Optional<TenantPage> tenant) {
    String name() {
      return frame.isolatedName();
    }

    Optional<String> back() {
      return tenant.flatMap(page -> WayBack.of(link, page));
    }
  }

  Setting setting(StoredLink link, PageRequest request, Optional<TenantPage> tenant) {
    return new Setting(
        link,
        answers.frame(link.facts().link(), request.languageOf(link), tenant),
        PageLanguages.texts(request.languageOf(link)),
        tenant);
  }

  Uni<Response> completed(Setting page) {
    return notice(
        OK,
        page,
        page.texts().doneTitle(),
        List.of(page.texts().doneText(page.name())),
        page.back());
  }

  Uni<Response> failed(Setting page, Failed link) {
    return notice(
        OK,
        page,
        page.texts().failedTitle(),
        List.of(why(page, link.reason()), page.texts().failedAgain(page.name())),
        page.back());
  }

  /** Expired or revoked, for the browser that the link was bound to. */
  Uni<Response> over(Setting page) {
    return ended(page, page.back());
  }

  /**
   * Expired or revoked; or ended otherwise, for a browser that had no part in it: the outcome is
   * nobody else's.
   */
  Uni<Response> gone(Setting page) {
    return ended(page, Optional.empty());
  }

  private Uni<Response> ended(Setting page, Optional<String> back) {
    Texts texts = page.texts();
    String heading =
        switch (page.link().status()) {
          case EXPIRED -> texts.expiredTitle();
          case REVOKED -> texts.revokedTitle();
          case PENDING, OPENED, SUBMITTED, COMPLETED, FAILED -> texts.usedTitle();
        };
    return notice(GONE, page, heading, List.of(texts.endedText(page.name())), back);
  }

  Uni<Response> elsewhere(Setting page) {
    Texts texts = page.texts();
    return notice(
        FORBIDDEN,
        page,
        texts.elsewhereTitle(),
        List.of(texts.elsewhereText(page.name())),
        Optional.empty());
  }

  private Uni<Response> notice(
      int status, Setting page, String heading, List<String> sentences, Optional<String> back) {
    return answers.page(
        status,
        page.frame(),
        PageTemplates.notice(page.frame(), heading, sentences, back.orElse(null), null));
  }

  private static String why(Setting page, FailureReason reason) {
    Texts texts = page.texts();
    return switch (reason) {
      case CREDENTIALS_REJECTED -> texts.failedCredentialsRejected();
      case VERIFICATION_TIMEOUT -> texts.failedVerificationTimeout();
      case ACCOUNT_LOCKED -> texts.failedAccountLocked();
      case TOO_MANY_CODES -> texts.failedTooManyCodes();
      case WRONG_ACCOUNT -> texts.failedWrongAccount(page.name());
      case CAPTCHA_REQUIRED, UNKNOWN_CHALLENGE -> texts.failedByHand();
      case SUPERSEDED -> texts.failedSuperseded();
      case CANCELLED -> texts.failedEnded(page.name());
      case INTERRUPTED -> texts.failedInterrupted();
      case SESSION_EXPIRED, LINKEDIN_UNAVAILABLE -> texts.failedUnavailable();
    };
  }
}
