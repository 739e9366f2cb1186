package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.problem.DatabaseTrouble;
import ai.pathbound.identities.problem.RefusalException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The pages of no link, and where to go on. No line of the log names a path of a link. */
@ApplicationScoped
class PageNotices {
  private static final Logger LOG = Logger.getLogger(PageNotices.class);
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int INTERNAL = 500;
  private static final int UNAVAILABLE = 503;
  private static final int WAIT_SECONDS = 60;

  private final PageAnswers answers;

  PageNotices(PageAnswers answers) {
    this.answers = answers;
  }

  Response toThePage(LinkId link) {
    return answers.toThePage(link);
  }

  /** Whatever there is, this browser has not shown that the link is its own. */
  Uni<Response> notItsOwn(PageRequest request) {
    Texts texts = PageLanguages.texts(request.language());
    return answers.notice(
        FORBIDDEN, request.language(), texts.reopenTitle(), List.of(texts.reopenText()));
  }

  Uni<Response> unknown(PageRequest request) {
    Texts texts = PageLanguages.texts(request.language());
    return answers.notice(
        NOT_FOUND, request.language(), texts.unknownTitle(), List.of(texts.unknownText()));
  }

  Uni<Response> forbidden(PageRequest request) {
    Texts texts = PageLanguages.texts(request.language());
    return answers.notice(
        FORBIDDEN, request.language(), texts.forbiddenTitle(), List.of(texts.forbiddenText()));
  }

  Uni<Response> busy(PageRequest request) {
    Texts texts = PageLanguages.texts(request.language());
    return answers
        .passing(TOO_MANY, request, texts.busyTitle(), List.of(texts.busyText()))
        .map(
            response ->
                Response.fromResponse(response).header("Retry-After", WAIT_SECONDS).build());
  }

  /**
   * Something failed: the database, or a fault of ours, which the log has under the id that the
   * page tells.
   */
  Uni<Response> trouble(Throwable failure, PageRequest request) {
    Texts texts = PageLanguages.texts(request.language());
    if (failure instanceof RefusalException refusal
        && refusal.kind() == RefusalException.Kind.NOT_FOUND) {
      return unknown(request);
    }
    if (DatabaseTrouble.is(failure)) {
      LOG.warnf("The database cannot serve: %s", failure.toString());
      return answers.passing(
          UNAVAILABLE, request, texts.troubleTitle(), List.of(texts.troubleText()));
    }
    String id = UUID.randomUUID().toString();
    LOG.errorf(failure, "the page of connect links failed (id %s)", id);
    return answers.passing(
        INTERNAL, request, texts.troubleTitle(), List.of(texts.troubleText(), texts.troubleId(id)));
  }
}
