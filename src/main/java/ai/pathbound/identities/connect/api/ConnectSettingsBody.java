package ai.pathbound.identities.connect.api;

import ai.pathbound.identities.connect.TenantUrl;
import ai.pathbound.identities.connect.link.TenantPage;
import ai.pathbound.identities.json.Findings;
import ai.pathbound.identities.json.VisibleText;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How a tenant wants to appear on the page; what is absent is not set.
 *
 * @param displayName who asks, 1 to 100 characters, trimmed
 * @param redirectUrls where holders may be sent back to, up to 20
 * @param logoUrl the tenant's logo
 * @param accentColor {@code #rrggbb}
 * @param privacyUrl the tenant's privacy statement
 */
@RegisterForReflection
record ConnectSettingsBody(
    @JsonProperty("display_name") String displayName,
    @JsonProperty("redirect_urls") List<String> redirectUrls,
    @JsonProperty("logo_url") String logoUrl,
    @JsonProperty("accent_color") String accentColor,
    @JsonProperty("privacy_url") String privacyUrl) {
  private static final int NAME_LENGTH = 100;
  private static final int MOST_URLS = 20;
  private static final String URL_RULE = "must be an https URL with a host name of the internet";

  // Unicode's Bidi_Control, by which a name could make the sentence around it read otherwise.
  private static final Set<Integer> BIDI_CONTROLS =
      Set.of(
          0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068,
          0x2069);

  /** The settings; refuses with every finding at once. */
  TenantPage validate(boolean localUrls) {
    Findings findings = new Findings();
    findings.require("display_name", displayName);
    String name = displayName == null ? "" : displayName.strip();
    if (displayName != null
        && findings.requireLength("display_name", name, NAME_LENGTH)
        && !isReadable(name)) {
      findings.add(
          "display_name",
          "must hold something visible, and neither control characters nor such of writing"
              + " direction");
    }
    List<String> urls = redirectUrls == null ? List.of() : redirectUrls;
    if (urls.size() > MOST_URLS) {
      findings.add("redirect_urls", "must be " + MOST_URLS + " at most");
    } else if (urls.stream().anyMatch(url -> url == null || !TenantUrl.isFit(url, localUrls))) {
      findings.add("redirect_urls", "must hold URLs of https with a host name of the internet");
    }
    requireUrl(findings, "logo_url", logoUrl, localUrls);
    requireUrl(findings, "privacy_url", privacyUrl, localUrls);
    if (accentColor != null && !accentColor.matches("#[0-9A-Fa-f]{6}")) {
      findings.add("accent_color", "must be #rrggbb, six hexadecimal digits");
    }
    findings.refuseIfAny("The connect settings");
    return new TenantPage(
        name,
        urls.stream().distinct().toList(),
        Optional.ofNullable(logoUrl),
        Optional.ofNullable(accentColor).map(color -> color.toLowerCase(Locale.ROOT)),
        Optional.ofNullable(privacyUrl));
  }

  private static void requireUrl(Findings findings, String field, String url, boolean local) {
    if (url != null && !TenantUrl.isFit(url, local)) {
      findings.add(field, URL_RULE);
    }
  }

  private static boolean isReadable(String name) {
    return name.codePoints().noneMatch(ConnectSettingsBody::isControl)
        && VisibleText.isVisible(name);
  }

  private static boolean isControl(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || BIDI_CONTROLS.contains(codePoint);
  }
}
