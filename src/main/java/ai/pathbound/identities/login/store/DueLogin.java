package ai.pathbound.identities.login.store;

import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.tenant.TenantId;

/** A login of which PostgreSQL told that it became due. */
public record DueLogin(TenantId tenant, SessionId session) {}
