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

  /** A login is under way. */
  static native TemplateInstance working(PageFrame frame);

  /** Asks for a code; {@code problem} may be null. */
  static native TemplateInstance code(
      PageFrame frame, String formToken, String problem, String where, int left, String until);

  /** Waits for an approval, or for a link in an e-mail. */
  static native TemplateInstance approval(PageFrame frame, boolean byEmail, String until);

  /** Says something that nothing on this page follows; {@code back} may be null. */
  static native TemplateInstance notice(
      PageFrame frame, String heading, List<String> sentences, String back);
}
