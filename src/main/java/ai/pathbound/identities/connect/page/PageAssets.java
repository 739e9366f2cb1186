package ai.pathbound.identities.connect.page;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page's static files, each under a name that holds the hash of its content. */
@Singleton
public class PageAssets {
  static final String PATH = "/connect/assets/";

  private static final int HASH_CHARACTERS = 16;
  private static final Pattern NAMED =
      Pattern.compile("([a-z]+)\\.[0-9a-f]{" + HASH_CHARACTERS + "}\\.([a-z]+)");

  private final Map<String, Asset> assets = new LinkedHashMap<>();
  private final Paths paths;

  /** One file. */
  record Asset(String type, byte[] content) {}

  /**
   * Where the files are. Templates read it, hence public.
   *
   * @param style the path of the stylesheet
   * @param script the path of the script
   * @param icon the path of the icon
   */
  public record Paths(String style, String script, String icon) {}

  PageAssets() {
    paths =
        new Paths(
            add("page", "css", "text/css;charset=UTF-8"),
            add("page", "js", "text/javascript;charset=UTF-8"),
            add("icon", "svg", "image/svg+xml"));
  }

  private String add(String name, String extension, String type) {
    String file = "/connect/" + name + "." + extension;
    try (InputStream in = PageAssets.class.getResourceAsStream(file)) {
      byte[] content = in.readAllBytes();
      String named = name + "." + hash(content) + "." + extension;
      assets.put(named, new Asset(type, content));
      return PATH + named;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The file that this release has under a name of another one's; which a page needs while replicas
   * of two releases answer.
   */
  Optional<Asset> ofAnotherRelease(String name) {
    Matcher parts = NAMED.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return assets.entrySet().stream()
        .filter(
            entry ->
                entry.getKey().startsWith(parts.group(1) + ".")
                    && entry.getKey().endsWith("." + parts.group(2)))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The file of that name. */
  Optional<Asset> find(String name) {
    return Optional.ofNullable(assets.get(name));
  }

  /** Where they are. */
  Paths paths() {
    return paths;
  }
}
