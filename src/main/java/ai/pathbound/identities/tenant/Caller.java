package ai.pathbound.identities.tenant;

/**
 * Who acts, and for which tenant.
 *
 * @param tenant the token's {@code tenant_id}
 * @param subject the token's {@code sub}
 */
public record Caller(TenantId tenant, String subject) {}
