package ai.pathbound.identities.login.store;

/**
 * What a worker writes of a login that it holds, and takes out of its row.
 *
 * @param browserSealed where the browser is, or null where that stays as it is
 * @param credentials whether the credentials are taken out, which are about to be sent
 * @param code whether the code is taken out
 * @param request whether what shall be pressed is taken out
 */
record JournalEntry(
    Claim claim, String browserSealed, boolean credentials, boolean code, boolean request) {

  /** What was taken out, sealed; null where it was not asked for. */
  record Taken(String username, String password, String sessionCookie, String code) {}
}
