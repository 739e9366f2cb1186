package ai.pathbound.identities.login.connector.webdriver.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The stand-in's server. It counts the passwords that it is sent. Beyond the sandbox's tags it
 * knows {@code skip} (an offer to skip), {@code newer} (newer shapes), {@code frame} (a CAPTCHA in
 * a frame), {@code broken} (a connection that breaks), {@code again} (the login once more, without
 * a reason), {@code stuck} (a challenge that does not react), {@code nosession} and {@code
 * nomember}.
 */
public final class StandInLinkedIn implements AutoCloseable {
  private static final String RIGHT_CODE = "123456";

  /** A session: whose, won in which visit, and how it goes on. */
  private record Signed(String slug, String visit, Set<String> tags) {
    boolean is(String tag) {
      return tags.contains(tag);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Clock clock;
  private final Map<String, Visit> visits = new ConcurrentHashMap<>();
  private final Map<String, Signed> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger passwords = new AtomicInteger();
  private final AtomicInteger inAddresses = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger held = new AtomicInteger();
  private final Map<String, Integer> passwordsByUsername = new ConcurrentHashMap<>();
  private volatile Optional<String> holding = Optional.empty();
  private volatile LoginShape shape = LoginShape.OLDER;
  private volatile Duration slowFor = Duration.ofSeconds(2);
  private volatile Duration confirmAfter = Duration.ofSeconds(3);
  private volatile String lastPassword = "";

  /** Listens on a port of the loopback interface; 0 takes a free one. */
  public StandInLinkedIn(int port, Clock clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new IllegalStateException("the stand-in cannot listen", e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Its address; the same site by its number is another origin. */
  public URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** {@code host:port}, for who uses it as a proxy: whatever is asked for, it is LinkedIn. */
  public String asProxy() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on the login comes in this shape. */
  public void shape(LoginShape now) {
    shape = now;
  }

  /** How long a slow page takes. */
  public void slowFor(Duration time) {
    slowFor = time;
  }

  /** How long after it is asked for a confirmation is given. */
  public void confirmAfter(Duration time) {
    confirmAfter = time;
  }

  /** How many passwords it was sent, by whatever path. */
  public int passwordsSent() {
    return passwords.get();
  }

  /** How many of them came in an address. */
  public int passwordsInAddresses() {
    return inAddresses.get();
  }

  /** How many of them came with that username. */
  public int passwordsSent(String username) {
    return passwordsByUsername.getOrDefault(username, 0);
  }

  /**
   * From now on answers no request for an address that begins so, until {@link #release}; those
   * that wait already go on waiting.
   */
  public void hold(String address) {
    holding = Optional.of(address);
  }

  /** How many requests have been held back. */
  public int held() {
    return held.get();
  }

  /** Answers all that was held back, and holds nothing more. */
  public void release() {
    holding = Optional.empty();
    released.countDown();
  }

  /** The password it was sent last. */
  public String lastPassword() {
    return lastPassword;
  }

  /** How many requests it has answered. */
  public int requests() {
    return requests.get();
  }

  private void handle(HttpExchange http) {
    Request request = new Request(http);
    requests.incrementAndGet();
    try (http) {
      if (request.query().contains("session_password=")) {
        inAddresses.incrementAndGet();
      }
      if (request.form().containsKey("session_password")) {
        passwords.incrementAndGet();
        passwordsByUsername.merge(request.form().getOrDefault("session_key", ""), 1, Integer::sum);
        lastPassword = request.form().get("session_password");
      }
      if (holding.filter(request.address()::startsWith).isPresent()) {
        held.incrementAndGet();
        released.await();
      }
      route(request);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (IOException gone) {
      // The browser went away: there is nobody to tell.
    }
  }

  private void route(Request request) throws IOException {
    String path = request.path();
    switch (path) {
      case "/login", "/uas/login", "/flagship-web/login/" -> login(request);
      case "/flagship-web/login/login-restriction/" ->
          request.answer(200, ChallengePages.restriction());
      case "/late.js" -> {
        pause(Duration.ofMillis(1500));
        request.answer(200, ScriptedLogins.handler());
      }
      case "/mynetwork/", "/onboarding/start" ->
          request.answer(200, ChallengePages.elsewhere(path));
      case "/m/logout/" -> signOut(request);
      case "/checkpoint/lg/login-submit" -> submit(request);
      case "/checkpoint/challenge/verify" -> verify(request);
      case "/checkpoint/poll" -> request.answer(200, isConfirmed(request) ? "go" : "wait");
      case "/checkpoint/go-on" -> goOn(request, visit(request));
      case "/feed/" -> feed(request);
      case "/in/me/" -> me(request);
      case "/robots.txt" -> request.answer(200, "User-agent: *");
      default -> {
        if (path.startsWith("/checkpoint/")) {
          stage(request, visit(request));
        } else if (path.startsWith("/in/") || path.startsWith("/captcha")) {
          request.answer(200, StandInPages.page("Page", "<h1>" + path + "</h1>"));
        } else {
          request.answer(404, StandInPages.page("404", "<h1>Not here</h1>"));
        }
      }
    }
  }

  private void login(Request request) throws IOException {
    String elsewhere = "http://127.0.0.1:" + server.getAddress().getPort();
    if (shape == LoginShape.DOWN) {
      request.answer(503, StandInPages.page("503", "Down"));
    } else if (shape == LoginShape.ELSEWHERE && !request.host().startsWith("127.0.0.1")) {
      request.redirect(elsewhere + "/login");
    } else if (shape == LoginShape.FORMLESS_ELSEWHERE && request.path().equals("/login")) {
      request.redirect("/flagship-web/login/");
    } else if (shape == LoginShape.TWO_PAGES && request.query().startsWith("step2=")) {
      String username = Request.decode(request.query().substring("step2=".length()));
      request.answer(200, StandInPages.page("Sign in", StandInPages.passwordOnly(username)));
    } else {
      LoginShape now =
          shape == LoginShape.CHOOSER && request.query().equals("other=1")
              ? LoginShape.OLDER
              : shape;
      boolean rejected = request.query().contains("errorKey");
      request.answer(200, StandInPages.login(now, rejected, elsewhere));
    }
  }

  private void submit(Request request) throws IOException {
    Visit visit =
        new Visit(UUID.randomUUID().toString(), request.form().getOrDefault("session_key", ""));
    visits.put(visit.id, visit);
    request.cookie("visit=" + visit.id + "; Path=/; HttpOnly");
    goOn(request, visit);
  }

  private void goOn(Request request, Visit visit) throws IOException {
    String stage = visit.next(clock.instant());
    while (stage.equals("slow")) {
      pause(slowFor);
      stage = visit.next(clock.instant());
    }
    switch (stage) {
      case "" -> signIn(request, visit, true);
      case "nosession" -> request.redirect("/feed/?without");
      case "rejected" -> reject(request);
      case "again" -> request.redirect("/login?session_redirect=%2Ffeed%2F");
      case "down" -> request.answer(503, StandInPages.page("503", "Down"));
      case "skip", "coveredoffer" -> request.redirect("/checkpoint/post-login/security/add-phone");
      case "mynetwork", "onboarding", "moment" -> signIn(request, visit, false);
      case "restriction" -> request.redirect("/flagship-web/login/login-restriction/");
      default -> request.redirect(challenge(visit));
    }
  }

  private static String challenge(Visit visit) {
    return visit.newer ? "/checkpoint/challengesV2/x?to=/feed/" : "/checkpoint/challenge/x";
  }

  private void reject(Request request) throws IOException {
    if (request.query().equals("fetch")) {
      request.answer(200, "rejected");
    } else if (shape == LoginShape.NEWER) {
      request.redirect("/login?errorKey=challenge_global_internal_error");
    } else {
      request.answer(200, StandInPages.login(LoginShape.OLDER, true, ""));
    }
  }

  private void stage(Request request, Visit visit) throws IOException {
    switch (visit.stage()) {
      case "2fa", "sms", "emailcode", "stuck" ->
          request.answer(200, StandInPages.code(visit.stage(), visit.newer, visit.wasWrong()));
      case "pin", "phone05" ->
          request.answer(200, ChallengePages.code(visit.stage(), visit.wasWrong()));
      case "inplace" -> request.answer(200, ChallengePages.codeInPlace());
      case "inapp", "appback" ->
          request.answer(200, ChallengePages.approval(visit.stage().equals("appback")));
      case "puzzle" -> request.answer(200, ChallengePages.puzzle());
      case "arkose" -> request.answer(200, ChallengePages.arkose());
      case "coveredoffer" -> request.answer(200, ChallengePages.coveredOffer());
      case "app" -> request.answer(200, StandInPages.waiting(true));
      case "email", "never" -> request.answer(200, StandInPages.waiting(false));
      case "captcha" -> request.answer(200, StandInPages.captcha(false));
      case "frame" -> request.answer(200, StandInPages.captcha(true));
      case "skip" -> request.answer(200, StandInPages.offer());
      case "broken" -> request.drop();
      case "locked" ->
          request.answer(
              200,
              StandInPages.page(
                  "Account", "<h1>Your account has been\n  temporarily Restricted</h1>"));
      default ->
          request.answer(
              200,
              StandInPages.page(
                  "Verify",
                  "<h1>Upload a photo of your passport</h1><form>"
                      + "<input type='file' name='passport' id='photo-41'></form>"));
    }
  }

  private void verify(Request request) throws IOException {
    Visit visit = visit(request);
    if (visit.stage().equals("stuck")) {
      request.answer(204, "");
    } else if (RIGHT_CODE.equals(request.form().get("pin"))) {
      goOn(request, visit);
    } else {
      visit.codeWasWrong();
      if (request.query().equals("fetch")) {
        request.answer(200, "wrong");
        return;
      }
      request.redirect(challenge(visit));
    }
  }

  private boolean isConfirmed(Request request) {
    Visit visit = visit(request);
    return !visit.stage().equals("never") && visit.isSince(clock.instant().minus(confirmAfter));
  }

  private void signIn(Request request, Visit visit, boolean first) throws IOException {
    newSession(request, new Signed(visit.slug, visit.id, visit.lasting));
    String stage = visit.stage();
    switch (stage) {
      case "mynetwork" -> request.redirect("/mynetwork/");
      case "onboarding" -> request.redirect("/onboarding/start");
      case "moment" -> {
        visit.holdFor(Duration.ofSeconds(4));
        request.redirect("/feed/");
      }
      default -> request.redirect(first ? "/feed/?trk=login" : "/feed/");
    }
  }

  private void newSession(Request request, Signed signed) {
    String token = UUID.randomUUID().toString();
    sessions.put(token, signed);
    request.cookie("li_at=" + token + "; Path=/; HttpOnly; Max-Age=31536000");
    request.cookie("li_a=" + signed.slug + "; Path=/; HttpOnly");
    request.cookie("JSESSIONID=\"ajax:" + token.hashCode() + "\"; Path=/");
    request.cookie("tracking=" + token + "; Path=/");
  }

  private void feed(Request request) throws IOException {
    Signed signed = signed(request);
    if (signed == null && !request.query().equals("without")) {
      signedOutFeed(request);
      return;
    }
    if (signed != null && signed.is("renew")) {
      // From now on only the new one counts.
      sessions.remove(request.cookies().get("li_at"));
      newSession(request, signed);
    }
    if (signed != null && signed.is("failing") && isAnotherVisit(request, signed)) {
      request.answer(503, StandInPages.page("503", "Down"));
    } else if (isMoment(request)) {
      request.answer(200, ChallengePages.moment());
    } else {
      request.answer(200, StandInPages.feed(signed != null && signed.is("bare")));
    }
  }

  private boolean isMoment(Request request) {
    Visit visit = visits.get(request.cookies().getOrDefault("visit", ""));
    return visit != null && visit.isHeld();
  }

  private void signedOutFeed(Request request) throws IOException {
    Signed over = sessions.get(request.cookies().getOrDefault("li_at", ""));
    if (over != null && over.is("loop")) {
      request.redirect("/feed/");
      return;
    }
    for (String how : List.of("picker", "wall", "form")) {
      if (over != null && over.is(how)) {
        request.answer(200, ChallengePages.signedOutFeed(how));
        return;
      }
    }
    request.cookie("li_at=delete me; Path=/; Max-Age=0");
    request.redirect("/login?session_redirect=%2Ffeed%2F");
  }

  private void signOut(Request request) throws IOException {
    sessions.remove(request.cookies().getOrDefault("li_at", ""));
    request.cookie("li_at=delete me; Path=/; Max-Age=0");
    request.redirect("/login");
  }

  private void me(Request request) throws IOException {
    Signed signed = signed(request);
    if (signed == null) {
      request.redirect("/login");
    } else if (signed.is("me999")) {
      request.answer(999, StandInPages.page("999", "Denied"));
    } else if (signed.is("nomember")) {
      request.answer(200, StandInPages.page("Me", "You"));
    } else {
      request.redirect("/in/" + signed.slug + "/");
    }
  }

  private Signed signed(Request request) {
    Signed signed = sessions.get(request.cookies().getOrDefault("li_at", ""));
    boolean over = signed != null && signed.is("expired") && isAnotherVisit(request, signed);
    return over ? null : signed;
  }

  private static boolean isAnotherVisit(Request request, Signed signed) {
    return !signed.visit.equals(request.cookies().get("visit"));
  }

  /** How many sessions are honoured. */
  public int sessions() {
    return sessions.size();
  }

  private Visit visit(Request request) {
    Visit visit = visits.get(request.cookies().getOrDefault("visit", ""));
    return visit == null ? new Visit("nobody", "nobody+unknown") : visit;
  }

  private void pause(Duration time) {
    try {
      closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends every session: LinkedIn signed everybody out. */
  public void endSessions() {
    sessions.clear();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
