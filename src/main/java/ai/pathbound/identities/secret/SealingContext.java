package ai.pathbound.identities.secret;

import ai.pathbound.identities.tenant.TenantId;
import java.util.UUID;

/**
 * The context that a secret is sealed for: where it stands. It is part of the seal, so a secret
 * that is moved to another place does not open.
 *
 * @param row the id of the row that holds it
 * @param column the column that holds it, as {@code table.column}
 */
public record SealingContext(TenantId tenant, UUID row, String column) {}
