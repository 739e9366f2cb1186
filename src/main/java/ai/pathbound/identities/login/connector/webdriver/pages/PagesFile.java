package ai.pathbound.identities.login.connector.webdriver.pages;

import ai.pathbound.identities.login.connector.webdriver.pages.LinkedInPages.SessionCookieNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads {@code linkedin-pages.properties}, which says itself how it is built. All that is wrong
 * with a file is told at once.
 */
public final class PagesFile {
  /** The file that comes with the program, a resource. */
  public static final String OWN = "linkedin-pages.properties";

  private static final Pattern VARIANT =
      Pattern.compile("(path|selector)\\.[1-9][0-9]?|text\\.[a-z]{2,3}\\.[1-9][0-9]?");

  /** What a copy of an earlier release's file lacks: where one has none of these, ours hold. */
  private static final List<String> ADDED_LATER =
      List.of(
          "part.resend-button.",
          "word.resend-button.",
          "part.other-way-link.",
          "word.other-way-link.",
          "word.way.",
          "word.number-end.");

  private final TreeMap<String, String> entries = new TreeMap<>();
  private final Set<String> unread = new TreeSet<>();
  private final List<String> faults = new ArrayList<>();

  private PagesFile(Properties properties, Properties own) {
    putAll(properties, "");
    for (String added : ADDED_LATER) {
      if (entries.keySet().stream().noneMatch(key -> key.startsWith(added))) {
        putAll(own, added);
      }
    }
    unread.addAll(entries.keySet());
  }

  private void putAll(Properties properties, String prefix) {
    properties.stringPropertyNames().stream()
        .filter(key -> key.startsWith(prefix))
        .forEach(key -> entries.put(key, properties.getProperty(key).trim()));
  }

  /**
   * Reads the operator's file, or the program's own.
   *
   * @throws IllegalArgumentException with one sentence per fault
   */
  public static LinkedInPages read(Optional<String> file) {
    String name = file.orElse(OWN);
    Properties properties = new Properties();
    Properties own = new Properties();
    try (Reader reader = file.isPresent() ? Files.newBufferedReader(Path.of(name)) : own();
        Reader ours = own()) {
      properties.load(reader);
      own.load(ours);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the pages file " + name + " cannot be read", e);
    }
    PagesFile pages = new PagesFile(properties, own);
    LinkedInPages read = pages.read();
    pages.unread.forEach(key -> pages.faults.add(key + " is not known"));
    if (!pages.faults.isEmpty()) {
      throw new IllegalArgumentException(
          "the pages file " + name + " is wrong: " + String.join("; ", pages.faults));
    }
    return read;
  }

  private static Reader own() throws IOException {
    InputStream own = Thread.currentThread().getContextClassLoader().getResourceAsStream(OWN);
    if (own == null) {
      throw new IOException("no such resource");
    }
    return new InputStreamReader(own, StandardCharsets.UTF_8);
  }

  private LinkedInPages read() {
    Map<PageAddress, String> addresses = new EnumMap<>(PageAddress.class);
    for (PageAddress address : PageAddress.values()) {
      addresses.put(address, path("url." + address.key()));
    }
    Map<PageMarker, List<Variant>> markers = new EnumMap<>(PageMarker.class);
    for (PageMarker marker : PageMarker.values()) {
      markers.put(marker, variants("sign." + marker.key() + "."));
    }
    Map<PageElement, List<String>> elements = new EnumMap<>(PageElement.class);
    for (PageElement element : PageElement.values()) {
      elements.put(element, required("part." + element.key()));
    }
    Map<PageElement, List<String>> words = new EnumMap<>(PageElement.class);
    for (PageElement element : PageElement.values()) {
      words.put(element, texts("word." + element.key()));
    }
    Map<PageMarker, List<String>> ways = new EnumMap<>(PageMarker.class);
    for (PageMarker kind : LinkedInPages.WAYS) {
      ways.put(kind, requiredTexts("word.way." + kind.key()));
    }
    List<String> numberEnds = requiredTexts("word.number-end");
    SessionCookieNames cookies =
        new SessionCookieNames(
            one("cookie.session"),
            Set.copyOf(new HashSet<>(list("cookie.cleared"))),
            Set.copyOf(new HashSet<>(list("cookie.companion"))),
            one("cookie.brought", "li_a"));
    List<String> nobodys = list("url.no-member");
    nobodys.forEach(path -> checkedPath("url.no-member", path));
    return new LinkedInPages(
        addresses,
        path("url.member"),
        nobodys,
        markers,
        elements,
        new LinkedInPages.Words(words, ways, numberEnds),
        cookies);
  }

  /** What a file of an earlier release does not name yet has a value all the same. */
  private String one(String key, String otherwise) {
    unread.remove(key);
    return entries.getOrDefault(key, otherwise);
  }

  private String one(String key) {
    unread.remove(key);
    String value = entries.getOrDefault(key, "");
    if (value.isEmpty()) {
      faults.add(key + " is missing");
    }
    return value;
  }

  private String path(String key) {
    return checkedPath(key, one(key));
  }

  private String checkedPath(String key, String value) {
    // "//" would be another host.
    if (!value.isEmpty() && !value.matches("/(?!/)[^?#\\s]*")) {
      faults.add(key + " is no path (it begins with one slash, without ? and #)");
    }
    return value;
  }

  private List<String> required(String prefix) {
    List<String> values = list(prefix);
    if (values.isEmpty()) {
      faults.add(prefix + ".1 is missing");
    }
    return values;
  }

  private List<String> requiredTexts(String prefix) {
    List<String> values = texts(prefix);
    if (values.isEmpty()) {
      faults.add(prefix + "… is missing");
    }
    return values;
  }

  /** The entries {@code prefix.1}, {@code prefix.2} … in the order of their numbers. */
  private List<String> list(String prefix) {
    TreeMap<Integer, String> numbered = new TreeMap<>();
    entries.forEach(
        (key, value) -> {
          if (key.startsWith(prefix + ".")
              && key.substring(prefix.length() + 1).matches("[1-9][0-9]?")) {
            unread.remove(key);
            numbered.put(Integer.valueOf(key.substring(prefix.length() + 1)), value);
            if (value.isEmpty()) {
              faults.add(key + " is empty");
            }
          }
        });
    return List.copyOf(numbered.values());
  }

  private List<Variant> variants(String prefix) {
    Set<String> names = new TreeSet<>();
    for (String key : entries.tailMap(prefix).keySet()) {
      String[] nameAndRest = key.startsWith(prefix) ? rest(key, prefix) : new String[0];
      if (nameAndRest.length == 2 && VARIANT.matcher(nameAndRest[1]).matches()) {
        names.add(nameAndRest[0]);
      }
    }
    if (names.isEmpty()) {
      faults.add(prefix + "… is missing");
    }
    return names.stream().map(name -> variant(prefix + name)).toList();
  }

  private static String[] rest(String key, String prefix) {
    return key.substring(prefix.length()).split("\\.", 2);
  }

  private Variant variant(String prefix) {
    List<String> paths = list(prefix + ".path");
    paths.forEach(path -> checkedPath(prefix + ".path", path));
    return new Variant(paths, list(prefix + ".selector"), texts(prefix + ".text"));
  }

  /** The entries {@code prefix.<language>.<n>}, in lower case. */
  private List<String> texts(String prefix) {
    Set<String> languages = new TreeSet<>();
    for (String key : entries.tailMap(prefix + ".").keySet()) {
      if (key.startsWith(prefix + ".")) {
        languages.add(rest(key, prefix + ".")[0]);
      }
    }
    return languages.stream()
        .flatMap(language -> list(prefix + "." + language).stream())
        .map(text -> text.toLowerCase(Locale.ROOT))
        .toList();
  }
}
