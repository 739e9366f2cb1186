/**
 * Drives logins: claims what is due, lets the connector do one step with no transaction open, and
 * settles the row; rescues what other replicas left behind.
 */
package ai.pathbound.identities.login.worker;
