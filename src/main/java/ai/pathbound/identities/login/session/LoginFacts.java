package ai.pathbound.identities.login.session;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;

/**
 * What does not change during a login.
 *
 * @param verificationWait how long a person has to answer, from the first challenge on
 */
public record LoginFacts(
    TenantId tenant,
    SessionId session,
    IdentityId identity,
    ProfileId profile,
    Country country,
    Duration verificationWait,
    Instant createdAt) {}
