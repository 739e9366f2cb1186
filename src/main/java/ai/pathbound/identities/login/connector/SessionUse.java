package ai.pathbound.identities.login.connector;

import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.StoredSession;
import io.smallrye.mutiny.Uni;

/**
 * One use of a stored session outside a login.
 *
 * @param profile whose it is, a label for the browser
 * @param session the session
 * @param country where to go out
 * @param askWho whether to ask LinkedIn whose session it is, since that is not known yet
 * @param wanted completes once somebody else wants the session for whom this use must make way
 */
public record SessionUse(
    ProfileId profile, StoredSession session, Country country, boolean askWho, Uni<Void> wanted) {

  /** One that makes way for nobody. */
  public SessionUse(ProfileId profile, StoredSession session, Country country, boolean askWho) {
    this(profile, session, country, askWho, Uni.createFrom().nothing());
  }

  /**
   * Does {@code work} unless the session is wanted first: then it is cancelled, and this fails with
   * {@link SessionWantedException}, so that the use ends as every other: what the browser holds is
   * kept, and it is closed.
   */
  public <T> Uni<T> unlessWanted(Uni<T> work) {
    Uni<T> makeWay =
        wanted
            .onItem()
            .transformToUni(now -> Uni.createFrom().<T>failure(SessionWantedException::new));
    return Uni.join().first(work, makeWay).toTerminate();
  }
}
