package ai.pathbound.identities.identity;

import ai.pathbound.identities.id.ProfileId;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.Immutable;

/**
 * The LinkedIn account of an identity, as far as an identity's body shows it. The login writes it;
 * its sealed columns are not mapped, so that no query of this room can load them.
 */
@Entity
@Immutable
@Table(name = "linkedin_profile")
public class LinkedInProfile {
  @EmbeddedId
  @AttributeOverride(name = "id", column = @Column(name = "identity_id"))
  private IdentityKey key;

  @Column(name = "profile_id")
  private UUID profileId;

  private String country;

  private boolean connected;

  @Column(name = "connected_at")
  private Instant connectedAt;

  @Column(name = "checked_at")
  private Instant checkedAt;

  @Column(name = "expired_at")
  private Instant expiredAt;

  /** For Hibernate. */
  protected LinkedInProfile() {}

  public ProfileId id() {
    return new ProfileId(profileId);
  }

  /** ISO 3166-1 alpha-2 code of the country its browser goes out from. */
  public String country() {
    return country;
  }

  /** The last known answer to whether LinkedIn honours the stored session. */
  public boolean connected() {
    return connected;
  }

  /** When the last login completed; empty where no session is stored. */
  public Optional<Instant> connectedAt() {
    return Optional.ofNullable(connectedAt);
  }

  /** When the last answer was known, from a login, a check or a look. */
  public Optional<Instant> checkedAt() {
    return Stream.of(connectedAt, checkedAt, expiredAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder());
  }

  /**
   * Whether LinkedIn no longer honoured the session, and no person has connected or disconnected
   * since.
   */
  public boolean reconnectRequired() {
    return expiredAt != null && connectedAt == null;
  }
}
