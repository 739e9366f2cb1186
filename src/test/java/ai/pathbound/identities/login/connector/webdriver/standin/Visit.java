package ai.pathbound.identities.login.connector.webdriver.standin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One login at the stand-in: who, and what is still to come. Guarded by itself. Beyond the
 * sandbox's tags there are
 *
 * <ul>
 *   <li>challenges: {@code pin} and {@code phone05} (a code told by its field alone, of no known
 *       kind and of a telephone), {@code inplace} (asked for again without a new page), {@code
 *       resend} (in Italian, without a form, the first button below the field sends another code; a
 *       wrong one is told by the emptied field alone, beside a box that is ticked), {@code inapp}
 *       (an approval told by its structure), {@code inappcheck} (one that speaks of a security
 *       check and has a button), {@code otherway} (a link in an e-mail, beside another way), {@code
 *       appback} (an approval that goes back to the login), {@code puzzle}, {@code arkose} and
 *       {@code frame} (CAPTCHAs), {@code stuck} (one that does not react), {@code restriction} (an
 *       account, told by the route alone)
 *   <li>codes: {@code numberpin}, {@code sixdigits} and {@code disableduntil} (a field, the browser
 *       or a button that takes no other code than one of digits, of six of them), {@code boxes} (a
 *       field for each digit), {@code selfsending} and {@code selfsubmits} (sent at the last
 *       digit), {@code verifying} and {@code spinner} (a word of patience, or nothing but that, for
 *       longer than a page settles), {@code emailwords} (words of another kind than its field),
 *       {@code otherwords} (the same, once a code was wrong)
 *   <li>other ways: {@code waylink} (an approval beside a link that says where it leads to), {@code
 *       waylist} and {@code wayradio} (a code beside a link to a list, of buttons and of what is to
 *       be picked), {@code resendlater} (a button that is off for a while)
 *   <li>what lies on the way: {@code skip} and {@code coveredoffer} (an offer, the second under a
 *       banner), {@code mynetwork}, {@code onboarding} and {@code moment} (other pages than the
 *       feed), {@code mynetworkpost} (one of them, with what anybody may post), {@code again} (the
 *       login once more, without a reason), {@code broken} (a connection that breaks), {@code
 *       nosession}
 *   <li>sessions: {@code renew} (a new one at every use), {@code failing} (an error at every later
 *       use), {@code bare} (a feed that shows no member), {@code nomember}, {@code me999}, {@code
 *       me404} and {@code mecaptcha} (nobody says who it is), {@code preload}, {@code home}, {@code
 *       homepost} and {@code homead} (the feed's address leads elsewhere, where there is nothing
 *       known, a post, an advertisement); beside {@code expired} also {@code picker}, {@code wall},
 *       {@code form} and {@code loop}, which are what the feed's address shows then
 *   <li>at a later use of a session: {@code thencaptcha}, {@code thenunknown}, {@code thenlocked}
 *       and {@code then2fa} (what comes between it and the feed; with {@code renew} after a new
 *       session), {@code captchaonce} (a CAPTCHA the first time that it is asked who it is), {@code
 *       loopdown} (a feed that redirects to itself, and is down without the session), {@code
 *       asksfirst} (a sign-out that wants to be confirmed), {@code behind} (a wall at the feed
 *       after it)
 *   <li>{@code odd}: a code, asked for by a page that nobody knows
 *   <li>{@code codeback}: a code after which the login comes again, marked as refused
 *   <li>{@code newer}: newer shapes of all of it
 * </ul>
 */
final class Visit {
  private static final Set<String> KNOWN =
      Set.of(
          "2fa",
          "sms",
          "emailcode",
          "app",
          "email",
          "never",
          "rejected",
          "locked",
          "captcha",
          "unknown",
          "down",
          "slow",
          "skip",
          "broken",
          "nosession",
          "frame",
          "again",
          "stuck",
          "restriction",
          "inapp",
          "appback",
          "puzzle",
          "arkose",
          "pin",
          "phone05",
          "inplace",
          "codeback",
          "odd",
          "resend",
          "inappcheck",
          "otherway",
          "coveredoffer",
          "mynetwork",
          "onboarding",
          "moment",
          "mynetworkpost",
          "numberpin",
          "sixdigits",
          "disableduntil",
          "boxes",
          "selfsending",
          "selfsubmits",
          "verifying",
          "spinner",
          "emailwords",
          "otherwords",
          "waylink",
          "waylist",
          "wayradio",
          "resendlater");

  /** Tags of the session that is won: they come on no page of the way there. */
  private static final Set<String> OF_THE_SESSION =
      Set.of(
          "newer",
          "expired",
          "nomember",
          "renew",
          "bare",
          "me999",
          "me404",
          "mecaptcha",
          "preload",
          "home",
          "homepost",
          "homead",
          "picker",
          "wall",
          "form",
          "loop",
          "failing");

  final String id;
  final String slug;
  final boolean newer;
  final Set<String> lasting;
  final boolean later;
  private final Deque<String> toCome;
  private String stage = "";
  private Instant since = Instant.MIN;
  private boolean wrong;
  private long heldUntil;

  Visit(String id, String username) {
    this.id = id;
    String[] localAndDomain = username.split("@", 2);
    List<String> parts = Arrays.asList(localAndDomain[0].split("\\+"));
    this.slug =
        (parts.get(0) + "-" + (localAndDomain.length > 1 ? localAndDomain[1] : ""))
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-");
    List<String> tags = parts.stream().skip(1).toList();
    this.lasting =
        tags.stream()
            .filter(tag -> OF_THE_SESSION.contains(tag) || LaterUse.TAGS.contains(tag))
            .collect(Collectors.toSet());
    this.later = false;
    this.newer = lasting.contains("newer");
    this.toCome = new ArrayDeque<>(tags.stream().filter(KNOWN::contains).toList());
  }

  /** What comes at a later use of a session. */
  Visit(String id, String slug, Set<String> lasting, List<String> stages) {
    this.id = id;
    this.slug = slug;
    this.newer = false;
    this.lasting = lasting;
    this.later = true;
    this.toCome = new ArrayDeque<>(stages);
  }

  /** Every tag that it knows. */
  static Stream<String> tags() {
    return Stream.of(KNOWN, OF_THE_SESSION, LaterUse.TAGS).flatMap(Set::stream);
  }

  /** Goes on to what comes next; empty at the end of the script. */
  synchronized String next(Instant now) {
    stage = toCome.isEmpty() ? "" : toCome.poll();
    since = now;
    wrong = false;
    return stage;
  }

  /** Another challenge takes the place of this one. */
  synchronized void choose(String other, Instant now) {
    stage = other;
    since = now;
    wrong = false;
  }

  /** Holds up the feed, in the time that passes. */
  synchronized void holdFor(Duration time) {
    heldUntil = System.nanoTime() + time.toNanos();
  }

  synchronized boolean isHeld() {
    return heldUntil != 0 && System.nanoTime() - heldUntil < 0;
  }

  synchronized String stage() {
    return stage;
  }

  synchronized boolean isSince(Instant moment) {
    return !since.isAfter(moment);
  }

  synchronized void codeWasWrong() {
    wrong = true;
  }

  synchronized boolean wasWrong() {
    return wrong;
  }
}
