package ai.pathbound.identities.login.history;

import ai.pathbound.identities.login.session.LoginStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * One write to a login's row, as its trigger saw it.
 *
 * @param at by the database's clock
 * @param session whose row it is
 * @param write what was done to it
 * @param epoch the row's epoch afterwards; of a deleted row, before
 * @param worker who holds it
 * @param leaseUntil when the lease of who holds it is over
 * @param dueAt when a worker may take it
 * @param status its status
 * @param credentialsSentAt when the intent to send the credentials was committed
 * @param password whether the row holds the password
 * @param codesUsed how many codes were accepted
 * @param failure why it failed
 */
public record Change(
    Instant at,
    String session,
    Write write,
    long epoch,
    Optional<String> worker,
    Optional<Instant> leaseUntil,
    Optional<Instant> dueAt,
    LoginStatus status,
    Optional<Instant> credentialsSentAt,
    boolean password,
    int codesUsed,
    Optional<String> failure) {

  /** What can be done to a row. */
  public enum Write {
    /** It was made. */
    INSERT,
    /** It was changed. */
    UPDATE,
    /** It is gone. */
    DELETE
  }
}
