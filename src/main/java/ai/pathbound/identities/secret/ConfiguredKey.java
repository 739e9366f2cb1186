package ai.pathbound.identities.secret;

/** A key as the key set gives it: its bytes, or what Vault made of them. */
public sealed interface ConfiguredKey permits SealingKeys.Key, WrappedKey {
  /** Its {@code kid}. */
  String id();
}
