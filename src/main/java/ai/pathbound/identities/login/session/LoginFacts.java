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
 * @param tenant whose it is
 * @param session its id
 * @param identity the identity that is connected
 * @param profile that identity's LinkedIn profile
 * @param country where the browser goes out
 * @param verificationWait how long a person has to answer, from the first challenge on
 * @param createdAt when it was accepted
 */
public record LoginFacts(
    TenantId tenant,
    SessionId session,
    IdentityId identity,
    ProfileId profile,
    Country country,
    Duration verificationWait,
    Instant createdAt) {}
