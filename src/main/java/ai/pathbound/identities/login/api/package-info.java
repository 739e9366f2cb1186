/**
 * The LinkedIn calls. It knows {@code store}, and {@code connector} for {@code check} and for which
 * countries it reaches; never the worker.
 */
package ai.pathbound.identities.login.api;
