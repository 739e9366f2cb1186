/**
 * Long answers, written piece by piece as fast as the client reads them, and how many of them are
 * under way at a time.
 */
package ai.pathbound.identities.streaming;
