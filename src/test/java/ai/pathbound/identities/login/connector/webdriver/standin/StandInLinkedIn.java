package ai.pathbound.identities.login.connector.webdriver.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The stand-in's server, which counts the passwords that it is sent. {@link Visit} names the tags
 * that it knows beyond the sandbox's, and {@link LoginShape} the shapes of its login page.
 */
public final class StandInLinkedIn implements AutoCloseable {
  private final HttpServer server;
  private final StandInSite site;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger passwords = new AtomicInteger();
  private final AtomicInteger inAddresses = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger held = new AtomicInteger();
  private final Map<String, Integer> passwordsByUsername = new ConcurrentHashMap<>();
  private volatile Predicate<Request> holding = request -> false;
  private volatile String lastPassword = "";

  /** Listens on a port of the loopback interface; 0 takes a free one. */
  public StandInLinkedIn(int port, Clock clock) {
    this.site = new StandInSite(clock);
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
    site.login().shape = now;
  }

  /** How long a slow page takes. */
  public void slowFor(Duration time) {
    site.slowFor = time;
  }

  /** How long after it is asked for a confirmation is given. */
  public void confirmAfter(Duration time) {
    site.confirmAfter = time;
  }

  /** How many passwords it was sent, by whatever path. */
  public int passwordsSent() {
    return passwords.get();
  }

  /** How often it was asked to send a code again. */
  public int resends() {
    return site.resends();
  }

  /** How often a button was pressed, in the shapes that nothing may be sent from. */
  public int pressed() {
    return site.pressed();
  }

  /** How many codes it was sent, right or wrong. */
  public int codesSent() {
    return site.codes();
  }

  /** How many of the passwords came in an address. */
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
    holding = request -> request.address().startsWith(address);
  }

  /** The same, of those only that come without that cookie. */
  public void holdWithout(String address, String cookie) {
    holding =
        request -> request.address().startsWith(address) && !request.cookies().containsKey(cookie);
  }

  /** How many requests have been held back. */
  public int held() {
    return held.get();
  }

  /** Answers all that was held back, and holds nothing more. */
  public void release() {
    holding = request -> false;
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

  private URI here() {
    return URI.create("http://" + asProxy());
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
      if (holding.test(request)) {
        held.incrementAndGet();
        released.await();
      }
      site.route(request, here());
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (IOException gone) {
      // The browser went away: there is nobody to tell.
    }
  }

  /** How many sessions are honoured. */
  public int sessions() {
    return site.sessions().size();
  }

  /** Whether a session that it honours is in a text. */
  public boolean honoursOneIn(String text) {
    return site.sessions().honoursOneIn(text);
  }

  /** From now on it says who it is, whatever it said before. */
  public void sayWho() {
    site.sessions().saysWho = true;
  }

  /** How often a member's page was asked for with a session that LinkedIn had renewed before. */
  public int staleUses() {
    return site.sessions().staleUses();
  }

  /** Ends every session: LinkedIn signed everybody out. */
  public void endSessions() {
    site.sessions().clear();
  }

  @Override
  public void close() {
    site.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
