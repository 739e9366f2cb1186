package ai.pathbound.identities.secret;

import ai.pathbound.identities.tenant.TenantId;
import java.util.UUID;

/**
 * Where a sealed secret stands. It is part of the seal: moved to another place, a secret does not
 * open.
 *
 * @param tenant whose it is
 * @param row the id of the row that holds it
 * @param column the column that holds it, as {@code table.column}
 */
public record Place(TenantId tenant, UUID row, String column) {}
