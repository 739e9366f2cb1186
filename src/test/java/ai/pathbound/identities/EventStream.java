package ai.pathbound.identities;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A client's stream of server-sent events: what came of it waits until it is asked for. */
public final class EventStream implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Block END = new Block(List.of());

  private final BlockingQueue<Block> blocks = new LinkedBlockingQueue<>();
  private final HttpResponse<Stream<String>> response;

  /** The lines between two empty ones; none: the stream is over. */
  private record Block(List<String> lines) {
    Optional<String> field(String name) {
      return lines.stream()
          .filter(line -> line.startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst();
    }
  }

  /**
   * An event.
   *
   * @param id its id
   * @param name its name
   * @param retry what it says of reconnecting, in milliseconds
   * @param data its data
   */
  public record Event(String id, String name, Optional<String> retry, String data) {
    /** The login's status. */
    public String status() {
      return json().at("/login_result/status").asText();
    }

    /** The data as JSON. */
    public JsonNode json() {
      try {
        return JSON.readTree(data);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(data, e);
      }
    }
  }

  private EventStream(HttpResponse<Stream<String>> response) {
    this.response = response;
    Stream<String> all = response.body();
    // Closed before a line was read, it could not be read from any more.
    Iterator<String> lines = all.iterator();
    Thread reader = new Thread(() -> read(lines), "event-stream");
    reader.setDaemon(true);
    reader.start();
  }

  /** Connects; returns once the answer's head is there. */
  public static EventStream open(String url, String token, Optional<String> lastEventId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/event-stream");
    lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
    try {
      return new EventStream(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofLines()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void read(Iterator<String> all) {
    List<String> lines = new ArrayList<>();
    try {
      all.forEachRemaining(
          line -> {
            if (line.isEmpty()) {
              blocks.add(new Block(List.copyOf(lines)));
              lines.clear();
            } else {
              lines.add(line);
            }
          });
    } catch (UncheckedIOException e) {
      // Whoever closed it reads no more.
      lines.add("the connection broke: " + e.getCause());
      blocks.add(new Block(lines));
    }
    blocks.add(END);
  }

  private Block take() {
    try {
      Block block = blocks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (block == null) {
        throw new AssertionError("nothing came in " + PATIENCE_SECONDS + " s");
      }
      return block;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The status code. */
  public int status() {
    return response.statusCode();
  }

  /** A header of the answer. */
  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** Whether something other than a comment has come that was not asked for yet. */
  public boolean hasCome() {
    return blocks.stream().anyMatch(block -> !block.lines().equals(List.of(":")));
  }

  /** The next event, without the comments before it; empty where the stream has ended well. */
  public Optional<Event> next() {
    Block block = take();
    while (block.lines().equals(List.of(":"))) {
      block = take();
    }
    if (block == END) {
      return Optional.empty();
    }
    Block found = block;
    return Optional.of(
        new Event(
            found.field("id").orElseThrow(() -> new AssertionError(found.toString())),
            found.field("event").orElse("message"),
            found.field("retry"),
            found.field("data").orElseThrow()));
  }

  /** The rest of the events, until the stream ends. */
  public List<Event> rest() {
    List<Event> events = new ArrayList<>();
    for (Optional<Event> event = next(); event.isPresent(); event = next()) {
      events.add(event.get());
    }
    return events;
  }

  /** Waits for a comment, which must be the next thing that comes. */
  public void awaitComment() {
    Block block = take();
    if (!block.lines().equals(List.of(":"))) {
      throw new AssertionError("no comment: " + block);
    }
  }

  @Override
  public void close() {
    response.body().close();
  }
}
