/**
 * Long answers, written piece by piece as fast as the client reads them, and how many of them are
 * under way at a time. It knows {@code tenant}, {@code problem}, {@code concurrency} and {@code
 * database}.
 */
package ai.pathbound.identities.transfer;
