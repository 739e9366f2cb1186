package ai.pathbound.identities.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What Dockerfile.native's last stage says.
 *
 * @param entrypoint the program's path in the image
 */
record NativeImage(int user, int group, int port, String entrypoint, String text) {
  static NativeImage read() throws IOException {
    return of(Files.readString(Path.of("Dockerfile.native")));
  }

  static NativeImage of(String text) {
    MatchResult user = last(text, "^USER (\\d+):(\\d+)$");
    return new NativeImage(
        Integer.parseInt(user.group(1)),
        Integer.parseInt(user.group(2)),
        Integer.parseInt(last(text, "^EXPOSE (\\d+)$").group(1)),
        last(text, "^ENTRYPOINT \\[\"([^\"]+)\"]$").group(1),
        text);
  }

  private static MatchResult last(String text, String line) {
    return Pattern.compile(line, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .reduce((first, second) -> second)
        .orElseThrow(() -> new IllegalStateException("Dockerfile.native has no line " + line));
  }
}
