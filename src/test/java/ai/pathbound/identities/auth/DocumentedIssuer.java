package ai.pathbound.identities.auth;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An issuer as docs/security.md describes it.
 *
 * @param settings what an operator sets for it
 * @param header the header of its tokens
 * @param claims the claims of its tokens
 */
record DocumentedIssuer(
    Properties settings, Map<String, Object> header, Map<String, Object> claims) {
  private static final Path DOCUMENT = Path.of("docs/security.md");

  /** The one whose paragraph begins with that name. */
  static DocumentedIssuer of(String name) {
    try {
      Matcher blocks =
          Pattern.compile(
                  Pattern.quote("**" + name + ".**")
                      + ".*?```properties\n(.*?)```\n```json\n(.*?)```",
                  Pattern.DOTALL)
              .matcher(Files.readString(DOCUMENT));
      if (!blocks.find()) {
        throw new AssertionError(DOCUMENT + " does not describe " + name);
      }
      Properties settings = new Properties();
      settings.load(new StringReader(blocks.group(1)));
      try (MappingIterator<Map<String, Object>> token =
          new ObjectMapper()
              .readerFor(new TypeReference<Map<String, Object>>() {})
              .readValues(blocks.group(2))) {
        return new DocumentedIssuer(settings, token.next(), token.next());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String setting(String name) {
    return Optional.ofNullable(settings.getProperty(name)).orElseThrow();
  }

  /** The names of claims, with the defaults for what is not set. */
  TokenClaims names() {
    return new TokenClaims(
        settings.getProperty("identities.tokens.tenant-claim", "tenant_id"),
        List.of(
            settings.getProperty("identities.tokens.scope-claims", "scope,scp,scopes").split(",")),
        Optional.ofNullable(settings.getProperty("identities.tokens.claim-path-separator")));
  }
}
