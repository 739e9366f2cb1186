/** The calls for connect links, for the tenant's settings of their page, and for the consent. */
package ai.pathbound.identities.connect.api;
