package ai.pathbound.identities.webhook.guard;

import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a name. */
@FunctionalInterface
public interface HostResolver {
  /**
   * All of them; none where there is no such name.
   *
   * @param tenant who named it: a name server that does not answer holds up nobody else
   */
  Uni<List<InetAddress>> resolve(TenantId tenant, String name);
}
