package ai.pathbound.identities.connect.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The pages, each with what it shows; checked when the program is built. */
@CheckedTemplate(basePath = "connect")
final class PageTemplates {
  private PageTemplates() {}

  /** Asks for the consent; {@code problem} may be null. */
  static native TemplateInstance consent(PageFrame frame, String formToken, String problem);

  /** Asks for username and password, before the link ends. */
  static native TemplateInstance credentials(PageFrame frame, CredentialsForm form, TimeLeft left);

  /** A login is under way, or waits for its turn. */
  static native TemplateInstance working(PageFrame frame, boolean queued, TimeLeft left);

  /**
   * Asks for a code; {@code problem} may be null.
   *
   * @param digits whether the code is surely of digits alone (RFC 6238)
   * @param hint what to do where none comes
   */
  static native TemplateInstance code(
      PageFrame frame,
      String formToken,
      String problem,
      String where,
      boolean digits,
      String hint,
      int tries,
      TimeLeft left,
      WaysForm ways);

  /** Waits for an approval, or for a link in an e-mail. */
  static native TemplateInstance approval(
      PageFrame frame, boolean byEmail, String hint, TimeLeft left, WaysForm ways);

  /**
   * Says something that nothing on this page follows.
   *
   * @param back where the tenant wants the holder back, or null
   * @param again where to look again, or null
   */
  static native TemplateInstance notice(
      PageFrame frame, String heading, List<String> sentences, String back, String again);
}
