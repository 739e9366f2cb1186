package ai.pathbound.identities.identity;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.tenant.TenantId;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.time.Instant;

/** A sender of a tenant's outreach. */
@Entity
public class Identity {
  @EmbeddedId private IdentityKey key;

  @Column(name = "first_name")
  private String firstName;

  @Column(name = "last_name")
  private String lastName;

  private String role;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  /** For Hibernate. */
  protected Identity() {}

  Identity(TenantId tenant, IdentityId id, NewIdentity fresh, Instant now) {
    this.key = IdentityKey.of(tenant, id);
    this.firstName = fresh.firstName();
    this.lastName = fresh.lastName();
    this.role = fresh.role();
    this.createdAt = now;
    this.updatedAt = now;
  }

  /**
   * Changes what is named. {@code updated_at} is the version of these fields: it grows by a
   * millisecond at least, also where two changes share one or the replicas' clocks differ. The row
   * must be locked.
   */
  void change(IdentityChanges changes, Instant now) {
    firstName = changes.firstName().orElse(firstName);
    lastName = changes.lastName().orElse(lastName);
    role = changes.role().orElse(role);
    Instant next = updatedAt.plusMillis(1);
    updatedAt = now.isBefore(next) ? next : now;
  }

  public IdentityId id() {
    return new IdentityId(key.id());
  }

  public String firstName() {
    return firstName;
  }

  public String lastName() {
    return lastName;
  }

  /** The role or job title: one attribute under the API's two names. */
  public String role() {
    return role;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant updatedAt() {
    return updatedAt;
  }
}
