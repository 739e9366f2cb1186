package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.audit.LinkTrail.ConsentText;
import ai.pathbound.identities.connect.link.Consents;
import ai.pathbound.identities.connect.link.PageLanguage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The text that a holder consents to. Its SHA-256 is of its sentences in their order, one a line,
 * in UTF-8, with the tenant's name as it was then.
 */
final class ConsentTexts {
  /** To be changed with any sentence of the consent in any language. */
  static final String VERSION = "2026-11-27";

  private ConsentTexts() {}

  /** What is asked for in that language and in the name of {@code name}. */
  static Consents.Shown of(PageLanguage language, String name) {
    String sentences = sentences(PageLanguages.texts(language), name);
    return new Consents.Shown(new ConsentText(sha256(sentences), VERSION), language, name);
  }

  static String sentences(Texts texts, String name) {
    return String.join(
        "\n",
        texts.consentTitle(name),
        texts.consentWhatTitle(),
        texts.consentWhat(name),
        texts.consentStoredTitle(),
        texts.consentStored(),
        texts.consentPurposeTitle(),
        texts.consentPurpose(name),
        texts.consentDurationTitle(),
        texts.consentDuration(name),
        texts.consentRevokeTitle(),
        texts.consentRevoke(name),
        texts.consentAgree(),
        texts.consentDecline(name),
        texts.notLinkedin());
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
