package ai.pathbound.identities.tenant;

import java.util.Optional;

/**
 * Who acts, for which tenant, and from where.
 *
 * @param tenant as the token's claim for it ({@code identities.tokens.tenant-claim}) names it
 * @param subject the token's {@code sub}
 * @param address the client's IP address, as the connection or a trusted proxy says it
 */
public record Caller(TenantId tenant, String subject, Optional<String> address) {}
