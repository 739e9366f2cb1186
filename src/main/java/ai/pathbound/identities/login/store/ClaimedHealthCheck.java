package ai.pathbound.identities.login.store;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.tenant.TenantId;

/**
 * A look at a stored session that this replica claimed.
 *
 * @param tenant whose identity it is
 * @param identity which one
 * @param epoch the row's since the claim
 * @param needless whether a login or a check has said what a look would, since it was planned
 */
public record ClaimedHealthCheck(
    TenantId tenant, IdentityId identity, long epoch, boolean needless) {}
