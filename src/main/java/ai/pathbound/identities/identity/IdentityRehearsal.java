package ai.pathbound.identities.identity;

import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.warmup.Rehearsal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Creates an identity, and reads one that is not there. */
@ApplicationScoped
class IdentityRehearsal implements Rehearsal {
  private static final NewIdentity FRESH = new NewIdentity("No", "Body", "nobody");

  private final Identities identities;
  private final IdentityReads reads;
  private final IdentityRepresentations representations;
  private final Ids ids;

  IdentityRehearsal(
      Identities identities,
      IdentityReads reads,
      IdentityRepresentations representations,
      Ids ids) {
    this.identities = identities;
    this.reads = reads;
    this.representations = representations;
    this.ids = ids;
  }

  @Override
  public Uni<Void> rehearse() {
    return Rehearsal.rolledBack(
            identities.create(
                NOBODY,
                FRESH,
                Optional.empty(),
                created -> {
                  // Within the transaction.
                  representations.created(representations.toStore(created));
                  throw new Over();
                }))
        .chain(() -> reads.require(NOBODY.tenant(), ids.identity()))
        .replaceWithVoid()
        .onFailure(RefusalException.class)
        .recoverWithNull();
  }
}
