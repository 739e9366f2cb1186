/**
 * The login session as types: which states there are, and the only ways between them. Pure Java, no
 * framework.
 */
package ai.pathbound.identities.login.session;
