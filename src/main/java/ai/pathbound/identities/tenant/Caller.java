package ai.pathbound.identities.tenant;

import java.util.Optional;

/**
 * Who acts, for which tenant, and from where.
 *
 * @param tenant the token's {@code tenant_id}
 * @param subject the token's {@code sub}
 * @param address the client's IP address, as the connection or a trusted proxy says it
 */
public record Caller(TenantId tenant, String subject, Optional<String> address) {}
