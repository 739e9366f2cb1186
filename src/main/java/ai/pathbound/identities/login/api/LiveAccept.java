package ai.pathbound.identities.login.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;

/**
 * Whether a client wants a stream of events or one JSON body (RFC 9110, section 12.5.1): JSON
 * wherever it takes both alike.
 */
final class LiveAccept {
  private LiveAccept() {}

  /**
   * Reads the preferences of a client.
   *
   * @param accept the {@code Accept} headers as they were sent
   * @param headers the same with all others, taken apart when they are asked for
   */
  static boolean stream(List<String> accept, HttpHeaders headers) {
    // Most polls end here.
    if (accept.stream().noneMatch(types -> types.toLowerCase(Locale.ROOT).contains("text/"))) {
      return false;
    }
    // The best first, and among equals in the client's order.
    for (MediaType type : headers.getAcceptableMediaTypes()) {
      if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
        return false;
      }
      if (type.isCompatible(MediaType.SERVER_SENT_EVENTS_TYPE)) {
        return true;
      }
    }
    return false;
  }
}
