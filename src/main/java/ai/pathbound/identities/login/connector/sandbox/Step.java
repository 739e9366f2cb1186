package ai.pathbound.identities.login.connector.sandbox;

import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.ChallengeOptions;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.SentTo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One thing that happens on the way to a sign-in. */
enum Step {
  AUTHENTICATOR_CODE(ChallengeKind.AUTHENTICATOR_CODE, offering(ChallengeKind.SMS_CODE)),
  SMS_CODE(ChallengeKind.SMS_CODE, sent("•••• 42", ChallengeKind.AUTHENTICATOR_CODE)),
  EMAIL_CODE(ChallengeKind.EMAIL_CODE, sent("a•••@example.com")),
  APP_APPROVAL(ChallengeKind.APP_APPROVAL),
  EMAIL_LINK(ChallengeKind.EMAIL_LINK),
  IGNORED_EMAIL_LINK(ChallengeKind.EMAIL_LINK),
  SLOW_PAGE,
  REJECTION(FailureReason.CREDENTIALS_REJECTED),
  LOCK(FailureReason.ACCOUNT_LOCKED),
  CAPTCHA(FailureReason.CAPTCHA_REQUIRED),
  UNKNOWN_CHALLENGE(FailureReason.UNKNOWN_CHALLENGE),
  OUTAGE(FailureReason.LINKEDIN_UNAVAILABLE),
  /** Of a login with a stored session; no tag asks for it. */
  ENDED_SESSION(FailureReason.SESSION_EXPIRED);

  private static final Map<String, Step> BY_TAG =
      Map.ofEntries(
          Map.entry("2fa", AUTHENTICATOR_CODE),
          Map.entry("sms", SMS_CODE),
          Map.entry("emailcode", EMAIL_CODE),
          Map.entry("app", APP_APPROVAL),
          Map.entry("email", EMAIL_LINK),
          Map.entry("never", IGNORED_EMAIL_LINK),
          Map.entry("slow", SLOW_PAGE),
          Map.entry("rejected", REJECTION),
          Map.entry("locked", LOCK),
          Map.entry("captcha", CAPTCHA),
          Map.entry("unknown", UNKNOWN_CHALLENGE),
          Map.entry("down", OUTAGE));

  private final Optional<ChallengeKind> challenge;
  private final ChallengeOptions options;
  private final Optional<FailureReason> refusal;

  Step() {
    this(Optional.empty(), ChallengeOptions.NONE, Optional.empty());
  }

  Step(ChallengeKind challenge) {
    this(challenge, ChallengeOptions.NONE);
  }

  Step(ChallengeKind challenge, ChallengeOptions options) {
    this(Optional.of(challenge), options, Optional.empty());
  }

  Step(FailureReason refusal) {
    this(Optional.empty(), ChallengeOptions.NONE, Optional.of(refusal));
  }

  Step(
      Optional<ChallengeKind> challenge,
      ChallengeOptions options,
      Optional<FailureReason> refusal) {
    this.challenge = challenge;
    this.options = options;
    this.refusal = refusal;
  }

  private static ChallengeOptions offering(ChallengeKind... alternatives) {
    return new ChallengeOptions(Optional.empty(), List.of(alternatives), false);
  }

  private static ChallengeOptions sent(String where, ChallengeKind... alternatives) {
    return new ChallengeOptions(Optional.of(new SentTo(where)), List.of(alternatives), true);
  }

  /** The step that a tag in lower case asks for; empty for a tag that asks for none. */
  static Optional<Step> ofTag(String tag) {
    return Optional.ofNullable(BY_TAG.get(tag));
  }

  /** The step that asks for that, where the page of this one offers it. */
  Optional<Step> instead(ChallengeKind other) {
    return options.alternatives().contains(other)
        ? Arrays.stream(values())
            .filter(step -> step.challenge.filter(other::equals).isPresent())
            .findFirst()
        : Optional.empty();
  }

  /** What the page offers beside its question. */
  ChallengeOptions options() {
    return options;
  }

  /** What the person is asked for here. */
  Optional<ChallengeKind> challenge() {
    return challenge;
  }

  /** Why the login ends here. */
  Optional<FailureReason> refusal() {
    return refusal;
  }
}
