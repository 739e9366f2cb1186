/**
 * Drives logins: claims what is due, lets the connector do one step with no transaction open, and
 * settles the row; rescues what others left behind. It knows {@code store}, {@code connector},
 * {@code session} and {@code idempotency}, whose old answers it forgets.
 */
package ai.pathbound.identities.login.worker;
