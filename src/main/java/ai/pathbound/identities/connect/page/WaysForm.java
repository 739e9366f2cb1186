package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.SentTo;
import ai.pathbound.identities.login.store.LoginStore.VersionedLogin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a challenge offers beside its question. Templates read it, hence public.
 *
 * @param formToken the token of each of its forms
 * @param sentTo where LinkedIn says that it went, masked, or null
 * @param resend whether it can be sent again, now or in a while
 * @param problem what was wrong with what was asked for, or null
 * @param others the other challenges
 */
public record WaysForm(
    String formToken, String sentTo, boolean resend, String problem, List<OtherWay> others) {
  /** The name of the step; also that of what a problem with it is about. */
  static final String RESEND = "resend";

  /**
   * Another challenge.
   *
   * @param kind its name in the form
   * @param text what its button says
   */
  public record OtherWay(String kind, String text) {}

  static WaysForm of(LinkView view, VersionedLogin asked, FormTokens forms) {
    LoginSnapshot state = asked.state();
    Texts texts = view.texts();
    return new WaysForm(
        forms.of(PageForm.ways(view.cookie(), LinkLogins.version(view.link(), Optional.of(asked)))),
        state.options().sentTo().map(SentTo::text).orElse(null),
        state.resendAt(Duration.ZERO).isPresent(),
        view.problem()
            .filter(WaysForm::concerns)
            .map(found -> found.sentence().apply(texts))
            .orElse(null),
        state.options().alternatives().stream()
            .map(kind -> new OtherWay(kind.wireName(), text(kind, texts)))
            .toList());
  }

  /** Whether a problem is about one of these, and not about a code. */
  static boolean concerns(FormProblem problem) {
    return problem.fields().contains(RESEND);
  }

  private static String text(ChallengeKind kind, Texts texts) {
    return switch (kind) {
      case AUTHENTICATOR_CODE -> texts.wayAuthenticator();
      case SMS_CODE -> texts.waySms();
      case EMAIL_CODE -> texts.wayEmail();
      case APP_APPROVAL -> texts.wayApp();
      case EMAIL_LINK -> texts.wayLink();
    };
  }
}
