package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.HolderChallenges;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a holder asks of a challenge beside answering it. A form of an earlier state does nothing.
 */
@ApplicationScoped
class WaysForms {
  private static final String TOO_SOON = "resend_too_soon";

  private final HolderChallenges challenges;
  private final LinkLogins submitted;
  private final LinkPages pages;
  private final FormTokens forms;
  private final PageAnswers answers;
  private final PageNotices notices;

  WaysForms(
      HolderChallenges challenges,
      LinkLogins submitted,
      LinkPages pages,
      FormTokens forms,
      PageAnswers answers,
      PageNotices notices) {
    this.challenges = challenges;
    this.submitted = submitted;
    this.pages = pages;
    this.forms = forms;
    this.answers = answers;
    this.notices = notices;
  }

  /** Has LinkedIn send again. */
  Uni<Response> resend(StoredLink link, Secret cookie, String form, PageRequest request) {
    return asked(link, cookie, form, request, () -> challenges.resend(link, request.address()));
  }

  /** Has LinkedIn raise another challenge; one that it does not offer, or nobody knows, is none. */
  Uni<Response> other(
      StoredLink link, Secret cookie, String form, String kind, PageRequest request) {
    return asked(
        link,
        cookie,
        form,
        request,
        () ->
            ChallengeKind.named(kind)
                .map(known -> challenges.choose(link, known, request.address()))
                .orElseGet(Uni.createFrom()::nullItem));
  }

  private Uni<Response> asked(
      StoredLink link,
      Secret cookie,
      String form,
      PageRequest request,
      Supplier<Uni<LoginSnapshot>> ask) {
    return submitted
        .of(link)
        .flatMap(
            login -> {
              FormTokens.Sent sent =
                  forms.read(form, PageForm.ways(cookie, LinkLogins.version(link, login)));
              if (sent == FormTokens.Sent.FOREIGN) {
                return notices.forbidden(request);
              }
              return sent == FormTokens.Sent.EARLIER || login.isEmpty()
                  ? Uni.createFrom().item(toThePage(link))
                  : ask.get()
                      .map(asked -> toThePage(link))
                      .onFailure(RefusalException.class)
                      .recoverWithUni(
                          refusal -> refused(refusal, LinkView.of(link, cookie, request)));
            });
  }

  private Uni<Response> refused(RefusalException refusal, LinkView view) {
    return refusal.code().equals(TOO_SOON)
        ? pages.standing(
            view.with(FormProblem.of(Texts::resendTooSoon).in(Set.of(WaysForm.RESEND))))
        : Uni.createFrom().item(toThePage(view.link()));
  }

  private Response toThePage(StoredLink link) {
    return answers.toThePage(link.facts().link());
  }
}
