package ai.pathbound.identities.webhook.guard;

import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a name. */
@FunctionalInterface
public interface HostResolver {
  /** All of them; none where there is no such name. */
  Uni<List<InetAddress>> resolve(String name);
}
