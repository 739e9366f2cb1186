package ai.pathbound.identities.identity;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.tenant.TenantId;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/** An identity's primary key: the tenant is part of it, so no query can forget it. */
@Embeddable
public record IdentityKey(
    @Column(name = "tenant_id") String tenantId, @Column(name = "id") UUID id) {

  public static IdentityKey of(TenantId tenant, IdentityId identity) {
    return new IdentityKey(tenant.value(), identity.uuid());
  }
}
