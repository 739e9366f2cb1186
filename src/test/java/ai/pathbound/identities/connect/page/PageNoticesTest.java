package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.connect.link.PageLanguage;
import ai.pathbound.identities.problem.RefusalException;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of what fails, in each language. */
@QuarkusTest
class PageNoticesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Inject PageNotices notices;

  private void says(Throwable failure, PageLanguage language, int status, String title) {
    Response page =
        notices
            .trouble(failure, new PageRequest(language, Optional.empty(), null, Map.of()))
            .await()
            .atMost(PATIENCE);
    assertEquals(status, page.getStatus());
    String html = String.valueOf(page.getEntity());
    assertTrue(html.contains("<html lang=\"" + language.tag() + "\">"), html);
    assertTrue(html.contains("<h1>" + title + "</h1>"), html);
    assertTrue(!html.contains("a secret cause"), html);
  }

  @ParameterizedTest
  @EnumSource(PageLanguage.class)
  void aFaultOfOursAndADatabaseThatIsGoneEachHaveAPage(PageLanguage language) {
    Texts texts = PageLanguages.texts(language);
    try (LogRecorder log = LogRecorder.ofAllWarnings()) {
      says(new IllegalStateException("a secret cause"), language, 500, texts.troubleTitle());
      says(new IOException("Connection refused"), language, 503, texts.troubleTitle());
      says(
          new PgException("too many", "FATAL", "53300", null), language, 503, texts.troubleTitle());
      assertEquals(
          1, log.lines().stream().filter(line -> line.contains("connect links failed")).count());
    }
    says(RefusalException.notFound(), language, 404, texts.unknownTitle());
  }
}
