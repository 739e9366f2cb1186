/** How many things are done at a time. A leaf. */
package ai.pathbound.identities.concurrency;
