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
import java.util.Arrays;
import java.util.Optional;
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

  WaysForms(
      HolderChallenges challenges,
      LinkLogins submitted,
      LinkPages pages,
      FormTokens forms,
      PageAnswers answers) {
    this.challenges = challenges;
    this.submitted = submitted;
    this.pages = pages;
    this.forms = forms;
    this.answers = answers;
  }

  /** Has LinkedIn send again. */
  Uni<Response> resend(StoredLink link, Secret cookie, String form, PageRequest request) {
    return asked(link, cookie, form, request, () -> challenges.resend(link, request.address()));
  }

  /** Has LinkedIn raise another challenge. */
  Uni<Response> other(
      StoredLink link, Secret cookie, String form, String kind, PageRequest request) {
    Optional<ChallengeKind> other =
        Arrays.stream(ChallengeKind.values())
            .filter(known -> known.wireName().equals(kind))
            .findFirst();
    return other.isEmpty()
        ? Uni.createFrom().item(toThePage(link))
        : asked(
            link,
            cookie,
            form,
            request,
            () -> challenges.choose(link, other.get(), request.address()));
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
            login ->
                login.isEmpty()
                        || !forms.matches(form, cookie, FormTokens.WAYS, login.get().version())
                    ? Uni.createFrom().item(toThePage(link))
                    : ask.get()
                        .map(asked -> toThePage(link))
                        .onFailure(RefusalException.class)
                        .recoverWithUni(
                            refusal ->
                                refused(refusal, LinkView.of(link, cookie, request))));
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
