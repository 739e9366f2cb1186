package ai.pathbound.identities.connect.link;

import java.util.List;
import java.util.Optional;

/**
 * How a tenant appears on the page of its links. Data, never markup.
 *
 * @param displayName who asks
 * @param redirectUrls where holders may be sent back to, each as it must be named
 * @param logoUrl the tenant's logo
 * @param accentColor {@code #rrggbb}, in lower case
 * @param privacyUrl the tenant's privacy statement
 */
public record TenantPage(
    String displayName,
    List<String> redirectUrls,
    Optional<String> logoUrl,
    Optional<String> accentColor,
    Optional<String> privacyUrl) {}
