package ai.pathbound.identities.json;

/** A body that is a page of a list; {@link NextLink} tells of the next one in a header, too. */
public interface Paged {
  /** Where the list goes on; null where the body is no page but all of it. */
  Pagination pagination();
}
