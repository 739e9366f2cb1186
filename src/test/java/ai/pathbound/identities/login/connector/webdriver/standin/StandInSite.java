package ai.pathbound.identities.login.connector.webdriver.standin;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The stand-in's addresses, and the way through a login. */
final class StandInSite {
  private static final String RIGHT_CODE = "123456";

  private final Clock clock;
  private final Map<String, Visit> visits = new ConcurrentHashMap<>();
  private final StandInSessions sessions = new StandInSessions();
  private final StandInLogin login = new StandInLogin();
  private final CountDownLatch closing = new CountDownLatch(1);
  volatile Duration slowFor = Duration.ofSeconds(2);
  volatile Duration confirmAfter = Duration.ofSeconds(3);
  private final AtomicInteger pressed = new AtomicInteger();
  private final AtomicInteger codes = new AtomicInteger();
  private final AtomicInteger resends = new AtomicInteger();

  StandInSite(Clock clock) {
    this.clock = clock;
  }

  StandInLogin login() {
    return login;
  }

  StandInSessions sessions() {
    return sessions;
  }

  /** How often a button was pressed that tells of it. */
  int pressed() {
    return pressed.get();
  }

  /** How many codes it was sent, right or wrong. */
  int codes() {
    return codes.get();
  }

  /** How often it was asked to send again. */
  int resends() {
    return resends.get();
  }

  /** Answers nothing any more that takes its time. */
  void close() {
    closing.countDown();
  }

  /**
   * Answers a request.
   *
   * @param here the site by its number, which is another origin than by its name
   */
  void route(Request request, URI here) throws IOException {
    String path = request.path();
    switch (path) {
      case "/login", "/uas/login", "/flagship-web/login/" -> login.page(request, here);
      case "/flagship-web/login/login-restriction/" ->
          request.answer(200, ChallengePages.restriction());
      case "/login/who" -> login.who(request);
      case "/pressed" -> {
        pressed.incrementAndGet();
        request.answer(204, "");
      }
      case "/late.js" -> {
        pause(Duration.ofMillis(1500));
        request.answer(200, FormLogins.handler());
      }
      case "/late-import.js" -> {
        pause(Duration.ofMillis(2500));
        request.script(ScriptedLogins.lateImport());
      }
      case "/mynetwork/", "/onboarding/start" ->
          request.answer(
              200,
              request.query().equals("post")
                  ? HomePages.network()
                  : ChallengePages.elsewhere(path));
      case "/m/logout/" -> sessions.signOut(request);
      case "/checkpoint/lg/login-submit" -> submit(request);
      case "/checkpoint/challenge/verify" -> verify(request);
      case "/checkpoint/resend" -> {
        resends.incrementAndGet();
        request.answer(204, "");
      }
      case "/checkpoint/ways" -> request.answer(200, WayPages.list(visit(request).stage()));
      case "/checkpoint/other" -> {
        String to = request.form().getOrDefault("to", request.query().replace("to=", ""));
        visit(request).choose(to, clock.instant());
        request.redirect(challenge(visit(request)));
      }
      case "/checkpoint/poll" -> request.answer(200, isConfirmed(request) ? "go" : "wait");
      case "/checkpoint/go-on" -> goOn(request, visit(request));
      case "/feed/", "/in/me/", "/preload/", "/home/" -> {
        Optional<Visit> before = sessions.before(request);
        if (before.isPresent()) {
          begin(request, before.get());
        } else if (path.equals("/in/me/")) {
          sessions.me(request);
        } else {
          sessions.feed(request, isMoment(request));
        }
      }
      case "/robots.txt" -> request.answer(200, "User-agent: *");
      default -> {
        if (path.startsWith("/checkpoint/")) {
          StandInChallenges.answer(request, visit(request));
        } else if (path.startsWith("/in/") || path.startsWith("/captcha")) {
          request.answer(200, StandInPages.page("Page", "<h1>" + path + "</h1>"));
        } else {
          request.answer(404, StandInPages.page("404", "<h1>Not here</h1>"));
        }
      }
    }
  }

  private void submit(Request request) throws IOException {
    Visit visit =
        new Visit(UUID.randomUUID().toString(), request.form().getOrDefault("session_key", ""));
    begin(request, visit);
  }

  private void begin(Request request, Visit visit) throws IOException {
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
    if (visit.later && !stage.isEmpty()) {
      sessions.renew(request);
    }
    switch (stage) {
      case "" -> signIn(request, visit, true);
      case "nosession" -> request.redirect("/feed/?without");
      case "rejected" -> reject(request);
      case "again" -> request.redirect("/login?session_redirect=%2Ffeed%2F");
      case "down" -> request.answer(503, StandInPages.page("503", "Down"));
      case "skip", "coveredoffer" -> request.redirect("/checkpoint/post-login/security/add-phone");
      case "mynetwork", "mynetworkpost", "onboarding", "moment" -> signIn(request, visit, false);
      case "restriction" -> request.redirect("/flagship-web/login/login-restriction/");
      case "odd" -> request.redirect(OddPage.ADDRESS);
      default -> request.redirect(challenge(visit));
    }
  }

  private static String challenge(Visit visit) {
    return visit.newer ? "/checkpoint/challengesV2/x?to=/feed/" : "/checkpoint/challenge/x";
  }

  private void reject(Request request) throws IOException {
    if (request.query().equals("fetch")) {
      request.answer(200, "rejected");
    } else if (login.shape(request) == LoginShape.NEWER) {
      request.redirect("/login?errorKey=refused");
    } else {
      request.answer(200, StandInPages.login(LoginShape.OLDER, true, ""));
    }
  }

  private void verify(Request request) throws IOException {
    Visit visit = visit(request);
    codes.incrementAndGet();
    if (visit.stage().equals("stuck")) {
      request.answer(204, "");
    } else if (visit.stage().equals("codeback")) {
      request.redirect("/login?errorKey=again");
    } else if (request.form().containsValue(RIGHT_CODE)) {
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
    sessions.begin(request, visit);
    String stage = visit.stage();
    switch (stage) {
      case "mynetwork" -> request.redirect("/mynetwork/");
      case "mynetworkpost" -> request.redirect("/mynetwork/?post");
      case "onboarding" -> request.redirect("/onboarding/start");
      case "moment" -> {
        visit.holdFor(Duration.ofSeconds(8));
        request.redirect("/feed/");
      }
      default -> request.redirect(first ? "/feed/?trk=login" : "/feed/");
    }
  }

  private boolean isMoment(Request request) {
    Visit visit = visits.get(request.cookies().getOrDefault("visit", ""));
    return visit != null && visit.isHeld();
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
}
