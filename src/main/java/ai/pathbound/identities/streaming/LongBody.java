package ai.pathbound.identities.streaming;

import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Multi;

/**
 * The body of an answer that is too long to be held in memory: {@link LongBodyWriter} sends it.
 *
 * @param tenant whose it is: what is under way at a time is bounded for each of them
 * @param pieces its bytes, in order. Nothing is done for them before there is a subscriber, and the
 *     next piece is asked for when the client has taken the one before. A failure before the first
 *     piece is answered like that of any call; a later one breaks the transfer.
 */
public record LongBody(TenantId tenant, Multi<byte[]> pieces) {}
