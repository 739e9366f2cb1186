package ai.pathbound.identities.deploy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All that is asked of an overlay. */
final class DeployRules {
  private DeployRules() {}

  /** What is wrong with an overlay; empty: nothing. */
  static List<String> faults(Rendered rendered, KnownSettings settings) throws IOException {
    List<String> faults = new ArrayList<>(StrictModel.faults(rendered.objects()));
    faults.addAll(RestrictedProfile.faults(rendered));
    faults.addAll(ClusterRules.faults(rendered));
    faults.addAll(IngressRules.faults(rendered));
    faults.addAll(ScalerRules.faults(rendered));
    faults.addAll(AddressRules.faults(rendered));
    faults.addAll(SecretRules.faults(rendered, DocumentedSecrets.read()));
    faults.addAll(ProgramRules.faults(rendered, settings, NativeImage.read()));
    return faults;
  }
}
