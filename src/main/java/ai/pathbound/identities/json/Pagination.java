package ai.pathbound.identities.json;

import ai.pathbound.identities.problem.RefusalException;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.function.Function;

/**
 * Where a list goes on.
 *
 * @param limit the most that a page holds
 * @param nextAfter what to send as {@code after} for the next page; null on the last one
 */
@RegisterForReflection
public record Pagination(
    int limit,
    @JsonProperty("next_after") @JsonInclude(JsonInclude.Include.ALWAYS) String nextAfter) {
  /** The highest {@code limit} that is accepted. */
  public static final int MAX_LIMIT = 1000;

  /** Of a page that shows the first {@code limit} of {@code found}, which holds one more if any. */
  public static <T> Pagination of(List<T> found, int limit, Function<T, String> id) {
    return new Pagination(limit, found.size() > limit ? id.apply(found.get(limit - 1)) : null);
  }

  /** Reads a {@code limit}; refuses with {@code invalid_request} what is not 1 to 1000. */
  public static int requireLimit(String limit) {
    int size = limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : 0;
    if (size >= 1 && size <= MAX_LIMIT) {
      return size;
    }
    throw RefusalException.invalid("limit", "must be a whole number from 1 to " + MAX_LIMIT);
  }
}
