/** How many things are done at a time, and what is done again and again. A leaf. */
package ai.pathbound.identities.concurrency;
