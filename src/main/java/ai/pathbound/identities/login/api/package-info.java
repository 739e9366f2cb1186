/** The LinkedIn calls. */
package ai.pathbound.identities.login.api;
