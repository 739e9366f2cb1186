package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.connect.link.PageLanguage;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.problem.RefusalException;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of what fails, in each language. */
@QuarkusTest
class PageNoticesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject PageNotices notices;

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final LinkId LINK = new LinkId(new UUID(7, 7));

  private static PageRequest request(PageLanguage language) {
    return new PageRequest(language, Optional.empty(), null, "", Optional.of(LINK));
  }

  private String says(Throwable failure, PageLanguage language, int status, String title) {
    Response page = notices.trouble(failure, request(language)).await().atMost(PATIENCE);
    assertEquals(status, page.getStatus());
    String html = String.valueOf(page.getEntity());
    assertTrue(html.contains("<html lang=\"" + language.tag() + "\">"), html);
    assertTrue(html.contains("<h1>" + title + "</h1>"), html);
    assertTrue(!html.contains("a secret cause"), html);
    // Without scripts, after a POST, a reload would send the password again.
    assertEquals(status >= 500, html.contains("href=\"/connect/" + LINK + "\""), html);
    return html;
  }

  @ParameterizedTest
  @EnumSource(PageLanguage.class)
  void aFaultOfOursAndADatabaseThatIsGoneEachHaveAPage(PageLanguage language) {
    Texts texts = PageLanguages.texts(language);
    try (LogRecorder log = LogRecorder.ofAllWarnings()) {
      String page =
          says(new IllegalStateException("a secret cause"), language, 500, texts.troubleTitle());
      Matcher id = ID.matcher(page);
      assertTrue(id.find(), page);
      assertTrue(page.contains(texts.troubleId(id.group())), page);
      assertTrue(log.lines().stream().anyMatch(line -> line.contains(id.group())));
      says(new IOException("Connection refused"), language, 503, texts.troubleTitle());
      says(
          new PgException("too many", "FATAL", "53300", null), language, 503, texts.troubleTitle());
      assertEquals(
          1, log.lines().stream().filter(line -> line.contains("connect links failed")).count());
    }
    says(RefusalException.notFound(), language, 404, texts.unknownTitle());
    String busy =
        String.valueOf(notices.busy(request(language)).await().atMost(PATIENCE).getEntity());
    assertTrue(busy.contains("href=\"/connect/" + LINK + "\""), busy);
  }
}
