package ai.pathbound.identities.connect.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The pages, each with what it shows; checked when the program is built. */
@CheckedTemplate(basePath = "connect")
final class PageTemplates {
  private PageTemplates() {}

  /** Asks for the consent. */
  static native TemplateInstance consent(PageFrame frame, String formToken);

  /** Asks for username and password; {@code problem} may be null. */
  static native TemplateInstance credentials(PageFrame frame, String formToken, String problem);

  /** A login is under way, or waits for its turn; {@code left} may be null. */
  static native TemplateInstance working(PageFrame frame, boolean queued, TimeLeft left);

  /** Asks for a code; {@code problem} and {@code left} may be null. */
  static native TemplateInstance code(
      PageFrame frame, String formToken, String problem, String where, int tries, TimeLeft left);

  /** Waits for an approval, or for a link in an e-mail; {@code left} may be null. */
  static native TemplateInstance approval(PageFrame frame, boolean byEmail, TimeLeft left);

  /** Says something that nothing on this page follows; {@code back} may be null. */
  static native TemplateInstance notice(
      PageFrame frame, String heading, List<String> sentences, String back);
}
