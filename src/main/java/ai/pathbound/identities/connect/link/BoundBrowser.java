package ai.pathbound.identities.connect.link;

import java.time.Instant;

/**
 * The browser in which the holder consented; no other one sees the link any more.
 *
 * @param mac the HMAC of its cookie
 * @param since when the holder consented
 */
record BoundBrowser(String mac, Instant since) {}
