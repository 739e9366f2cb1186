/**
 * The login session as types: which states there are, and the only ways between them. Pure Java, no
 * framework; it knows {@code id}, {@code tenant}, {@code secret} and {@code problem}.
 */
package ai.pathbound.identities.login.session;
