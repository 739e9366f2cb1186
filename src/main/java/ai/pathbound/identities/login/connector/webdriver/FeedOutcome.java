package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Makes an outcome of a feed that came: who it is, and the session. A feed of a member keeps the
 * session, also where LinkedIn does not say yet who that is.
 */
final class FeedOutcome {
  private static final int TRIES = 2;

  private final Driver driver;
  private final SessionCookies cookies;
  private final Membership membership;

  FeedOutcome(Driver driver, SessionCookies cookies, Membership membership) {
    this.driver = driver;
    this.cookies = cookies;
    this.membership = membership;
  }

  /**
   * The outcome of a feed that came.
   *
   * @param shown whether it shows what only members see; otherwise only the member's own address
   *     can prove that a member is signed in
   */
  Uni<LoginOutcome> of(Browser browser, Ending ending, boolean shown) {
    return cookies
        .read(browser)
        .chain(
            session -> {
              if (session.isEmpty()) {
                return shown
                    ? PageOutcome.failed("the feed came without a session")
                    : ending.atLogin();
              }
              return (shown ? keep(ending, session.get()) : Uni.createFrom().voidItem())
                  .chain(() -> who(browser, ending, shown, session.get(), TRIES));
            });
  }

  private static Uni<Void> keep(Ending ending, StoredSession session) {
    return ending
        .journal()
        .map(journal -> journal.sessionIs(session).replaceWithVoid())
        .orElseGet(Uni.createFrom()::voidItem);
  }

  private Uni<LoginOutcome> who(
      Browser browser, Ending ending, boolean shown, StoredSession before, int tries) {
    return membership
        .me(browser)
        .chain(
            page -> {
              Optional<Member> member = membership.member(page);
              if (member.isPresent()) {
                return signedIn(browser, member.get(), Optional.empty());
              }
              if (PageOutcome.asksToSignIn(page)) {
                return shown
                    ? PageOutcome.failed("the feed came, and then the login")
                    : ending.atLogin();
              }
              if (page.failed() && tries > 1) {
                return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(driver.settings().settleTime())
                    .chain(() -> who(browser, ending, shown, before, tries - 1));
              }
              // The feed was a member's: who it is can be asked later.
              return membership
                  .reportIfUnknown(browser, page)
                  .chain(
                      () ->
                          shown
                              ? signedIn(browser, Member.unknown(), Optional.of(before))
                              : PageOutcome.failed("LinkedIn proved neither way who is signed in"));
            });
  }

  /**
   * The outcome of a page to which the feed's address led and that proves nothing: that of a member
   * where the member's own address leads to one, and {@code otherwise} where it does not.
   */
  Uni<LoginOutcome> ifMember(Browser browser, Ending ending, Uni<LoginOutcome> otherwise) {
    return cookies
        .read(browser)
        .chain(
            session ->
                session.isEmpty()
                    ? otherwise
                    : membership
                        .me(browser)
                        .chain(page -> ofMe(browser, page, session, ending, otherwise)));
  }

  private Uni<LoginOutcome> ofMe(
      Browser browser,
      PageView page,
      Optional<StoredSession> before,
      Ending ending,
      Uni<LoginOutcome> otherwise) {
    Optional<Member> member = membership.member(page);
    if (member.isPresent()) {
      return signedIn(browser, member.get(), before);
    }
    // What was sent may have led to a check that the login stands behind.
    return PageOutcome.asksToSignIn(page) && !ending.sent() ? ending.atLogin() : otherwise;
  }

  private Uni<LoginOutcome> signedIn(
      Browser browser, Member member, Optional<StoredSession> before) {
    return cookies
        .read(browser)
        .map(
            session ->
                new SignedIn(
                    member,
                    session
                        .or(() -> before)
                        .orElseThrow(
                            () -> new LinkedInUnavailableException("the session ended at once"))));
  }
}
