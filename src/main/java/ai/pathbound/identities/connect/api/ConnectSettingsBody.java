package ai.pathbound.identities.connect.api;

import ai.pathbound.identities.connect.TenantUrl;
import ai.pathbound.identities.connect.link.TenantPage;
import ai.pathbound.identities.json.Findings;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

  /** The settings; refuses with every finding at once. */
  TenantPage validate(boolean localUrls) {
    Findings findings = new Findings();
    findings.require("display_name", displayName);
    String name = displayName == null ? "" : displayName.strip();
    if (displayName != null
        && findings.requireLength("display_name", name, NAME_LENGTH)
        && !DisplayName.isReadable(name)) {
      findings.add(
          "display_name",
          "must hold something visible, and neither control characters nor such of writing"
              + " direction");
    } else if (DisplayName.isLinkedIn(name)) {
      findings.add("display_name", "must not be LinkedIn's: say who you are");
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
}
