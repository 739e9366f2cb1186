package ai.pathbound.identities.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes a time as {@code 2026-04-29T12:00:00.000Z} (RFC 3339): UTC, always three digits of the
 * second. Digit by digit, since a page holds a hundred times and a formatter walks a tree for each.
 */
final class MillisecondsWriter extends StdSerializer<Instant> {
  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter ANY_YEAR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final int LAST_OF_FOUR_DIGITS = 9999;
  private static final int NANOS_OF_A_MILLISECOND = 1_000_000;

  MillisecondsWriter() {
    super(Instant.class);
  }

  @Override
  public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(value.getEpochSecond(), value.getNano(), ZoneOffset.UTC);
    if (time.getYear() < 0 || time.getYear() > LAST_OF_FOUR_DIGITS) {
      out.writeString(ANY_YEAR.format(value));
      return;
    }
    char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
    write(time.getYear(), text, 3);
    write(time.getMonthValue(), text, 6);
    write(time.getDayOfMonth(), text, 9);
    write(time.getHour(), text, 12);
    write(time.getMinute(), text, 15);
    write(time.getSecond(), text, 18);
    write(time.getNano() / NANOS_OF_A_MILLISECOND, text, 22);
    out.writeString(text, 0, text.length);
  }

  /** Writes {@code number} so that its last digit stands at {@code last}. */
  private static void write(int number, char[] text, int last) {
    int rest = number;
    for (int i = last; rest > 0; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
