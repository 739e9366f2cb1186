package ai.pathbound.identities.webhook.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.CommandLine;
import ai.pathbound.identities.webhook.Receiver;
import ai.pathbound.identities.webhook.Receiver.Received;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpClientOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent, as the official JavaScript library sees it. */
@Tag("faults")
class JavaScriptLibraryTest {
  private static final String LIBRARY = "standardwebhooks@1.1.1";
  private static final String OTHER_SECRET =
      "whsec_" + Base64.getEncoder().encodeToString("another secret of 32 bytes ....".getBytes());
  // One line for each question: what the library says.
  private static final String SCRIPT =
      """
      const { Webhook } = require('standardwebhooks');
      const { secret, older, other, headers, body } = require('./message.json');
      const old = { ...headers, 'webhook-timestamp': String(headers['webhook-timestamp'] - 301) };
      const ask = (secret, body, headers) => {
        try {
          return new Webhook(secret).verify(body, headers).type;
        } catch (e) {
          return e.constructor.name + ': ' + e.message;
        }
      };
      console.log(ask(secret, body, headers));
      console.log(ask(older, body, headers));
      console.log(ask(other, body, headers));
      console.log(ask(secret, body, old));
      console.log(ask(secret, body + ' ', headers));
      """;

  @TempDir Path folder;

  @Test
  void itTakesWhatWasSignedAndRefusesAnotherSecretAnOldTimestampAndAChangedBody()
      throws IOException, InterruptedException {
    String older =
        "whsec_" + Base64.getEncoder().encodeToString("32 bytes of a secret .......".getBytes());
    Received message;
    try (SenderHarness sender = new SenderHarness(new HttpClientOptions());
        Receiver receiver = new Receiver()) {
      sender.send(
          receiver.url("/"),
          "{\"type\":\"webhook.test\",\"data\":{}}",
          SenderHarness.SECRET,
          older);
      message = receiver.received().get(0);
    }
    Files.writeString(
        folder.resolve("message.json"),
        new ObjectMapper()
            .writeValueAsString(
                Map.of(
                    "secret",
                    SenderHarness.SECRET,
                    "older",
                    older,
                    "other",
                    OTHER_SECRET,
                    "headers",
                    Map.of(
                        "webhook-id", message.id(),
                        "webhook-timestamp", message.header("webhook-timestamp"),
                        "webhook-signature", message.header("webhook-signature")),
                    "body",
                    message.body())));
    Files.writeString(folder.resolve("verify.js"), SCRIPT);
    CommandLine in = new CommandLine(folder);
    in.run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", ".", LIBRARY);
    assertEquals(
        List.of(
            "webhook.test",
            "webhook.test",
            "WebhookVerificationError: No matching signature found",
            "WebhookVerificationError: Message timestamp too old",
            "WebhookVerificationError: No matching signature found"),
        in.run("node", "verify.js"));
  }
}
