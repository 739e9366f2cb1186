package ai.pathbound.identities.login.connector.webdriver.standin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The stand-in's sessions, and the pages that tell whether one is honoured. */
final class StandInSessions {
  /** A session: whose, won in which visit, and how it goes on. */
  private record Signed(String slug, String visit, Set<String> tags) {
    boolean is(String tag) {
      return tags.contains(tag);
    }
  }

  private final Map<String, Signed> sessions = new ConcurrentHashMap<>();
  private final Set<String> renewed = ConcurrentHashMap.newKeySet();
  private final Set<String> askedOnce = ConcurrentHashMap.newKeySet();
  private final AtomicInteger staleUses = new AtomicInteger();
  volatile boolean saysWho;

  int size() {
    return sessions.size();
  }

  /** How often a member's page was asked for with a session that was renewed before. */
  int staleUses() {
    return staleUses.get();
  }

  void clear() {
    sessions.clear();
  }

  /** A new session for who came to the end of a visit. */
  void begin(Request request, Visit visit) {
    if (visit.later) {
      end(request);
    }
    newSession(request, new Signed(visit.slug, visit.id, visit.lasting));
  }

  private void newSession(Request request, Signed signed) {
    String token = UUID.randomUUID().toString();
    sessions.put(token, signed);
    request.cookie("li_at=" + token + "; Path=/; HttpOnly; Max-Age=31536000");
    request.cookie("li_a=" + signed.slug + "; Path=/; HttpOnly");
    request.cookie("JSESSIONID=\"ajax:" + token.hashCode() + "\"; Path=/");
    request.cookie("tracking=" + token + "; Path=/");
  }

  /** A visit that comes before what is asked for, at a later use, if there is one. */
  Optional<Visit> before(Request request) {
    if (renewed.contains(request.cookies().getOrDefault("li_at", ""))) {
      staleUses.incrementAndGet();
    }
    Signed signed = signed(request);
    if (signed == null || !isAnotherVisit(request, signed)) {
      return Optional.empty();
    }
    boolean once =
        signed.is("captchaonce")
            && request.path().equals("/in/me/")
            && askedOnce.add(signed.slug + signed.visit);
    List<String> stages = once ? List.of("captcha") : LaterUse.stages(signed.tags);
    if (stages.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Visit(UUID.randomUUID().toString(), signed.slug, signed.tags, stages));
  }

  /** From now on only a new one counts, where that is how it goes on. */
  void renew(Request request) {
    Signed signed = signed(request);
    if (signed != null && signed.is("renew")) {
      end(request);
      newSession(request, signed);
    }
  }

  private void end(Request request) {
    String token = request.cookies().getOrDefault("li_at", "");
    if (sessions.remove(token) != null) {
      renewed.add(token);
    }
  }

  /** Whether a session that counts is in a text. */
  boolean honoursOneIn(String text) {
    return sessions.keySet().stream().anyMatch(text::contains);
  }

  /**
   * The feed.
   *
   * @param moment whether something else comes first
   */
  void feed(Request request, boolean moment) throws IOException {
    Signed signed = signed(request);
    if (signed == null && !request.query().equals("without")) {
      signedOutFeed(request);
      return;
    }
    renew(request);
    if (signed != null && signed.is("failing") && isAnotherVisit(request, signed)) {
      request.answer(503, StandInPages.page("503", "Down"));
    } else if (signed != null && HomePages.address(signed.tags).isPresent()) {
      if (request.path().equals("/feed/")) {
        request.redirect(HomePages.address(signed.tags).get());
      } else {
        request.answer(200, HomePages.page(signed.tags));
      }
    } else if (moment) {
      request.answer(200, ChallengePages.moment());
    } else {
      request.answer(200, StandInPages.feed(signed != null && signed.is("bare")));
    }
  }

  private void signedOutFeed(Request request) throws IOException {
    Signed over = sessions.get(request.cookies().getOrDefault("li_at", ""));
    if (over != null && over.is("loop")) {
      request.redirect("/feed/");
      return;
    }
    if (over != null && over.is("loopdown")) {
      // A new one at every turn.
      newSession(request, over);
      request.redirect("/feed/");
      return;
    }
    String before = request.cookies().getOrDefault("li_a", "");
    if (sessions.values().stream().anyMatch(s -> s.slug.equals(before) && s.is("loopdown"))) {
      request.answer(503, StandInPages.page("503", "Down"));
      return;
    }
    if (request.cookies().containsKey("behind")) {
      request.answer(200, ChallengePages.signedOutFeed("wall"));
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

  void signOut(Request request) throws IOException {
    Signed signed = signed(request);
    if (signed != null && signed.is("failing")) {
      request.answer(503, StandInPages.page("503", "Down"));
      return;
    }
    if (signed != null && signed.is("asksfirst") && !request.query().contains("sure")) {
      request.answer(200, LaterUse.signOut());
      return;
    }
    if (signed != null && signed.is("behind")) {
      request.cookie("behind=1; Path=/");
    }
    sessions.remove(request.cookies().getOrDefault("li_at", ""));
    request.cookie("li_at=delete me; Path=/; Max-Age=0");
    request.redirect("/login");
  }

  void me(Request request) throws IOException {
    Signed signed = signed(request);
    if (signed == null) {
      request.redirect("/login");
    } else if (signed.is("me999") && !saysWho) {
      request.answer(999, StandInPages.page("999", "Denied"));
    } else if (signed.is("me404")) {
      request.answer(404, StandInPages.page("404", "<h1>Not here</h1>"));
    } else if (signed.is("mecaptcha")) {
      request.answer(200, StandInPages.captcha(false));
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
}
