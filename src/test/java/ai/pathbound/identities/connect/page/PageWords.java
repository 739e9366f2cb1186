package ai.pathbound.identities.connect.page;

import io.quarkus.qute.i18n.Message;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What the page says in one language, read where it is written. */
final class PageWords {
  private final String name;
  private final Properties texts = new Properties();

  /** In that language, of a tenant of that name. */
  PageWords(String language, String name) {
    this.name = name;
    if (language.equals("en")) {
      for (Method text : Texts.class.getMethods()) {
        texts.setProperty(text.getName(), text.getAnnotation(Message.class).value());
      }
      return;
    }
    Path file =
        Path.of("src", "main", "resources", "messages", "connect_" + language + ".properties");
    try (Reader reader = Files.newBufferedReader(file)) {
      texts.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text, up to the first thing in it that changes. */
  String of(String key) {
    String text = texts.getProperty(key);
    if (text == null) {
      throw new IllegalArgumentException(key);
    }
    return text.replace("{name}", name).replaceAll("\\{.*", "").replaceAll("\\s+", " ").strip();
  }
}
