package ai.pathbound.identities.connect.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How long something may still take. Templates read it, hence public.
 *
 * @param seconds how many, 0 at the least
 * @param text the same in minutes and seconds, from an hour on with hours
 * @param until the hour and minute at which it is over, UTC
 */
public record TimeLeft(long seconds, String text, String until) {
  private static final long HOUR = 3600;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  static TimeLeft between(Instant now, Instant end) {
    long seconds = Math.max(0, Duration.between(now, end).toSeconds());
    return new TimeLeft(
        seconds,
        seconds < HOUR
            ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
            : String.format(
                Locale.ROOT, "%d:%02d:%02d", seconds / HOUR, seconds / 60 % 60, seconds % 60),
        CLOCK.format(end));
  }
}
