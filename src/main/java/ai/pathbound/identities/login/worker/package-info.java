/**
 * Drives logins: claims what is due, lets the connector do one step with no transaction open, and
 * settles the row; rescues what others left behind. It knows {@code store}, {@code connector} and
 * {@code session}.
 */
package ai.pathbound.identities.login.worker;
