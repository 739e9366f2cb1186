/**
 * The page of connect links: server-rendered, in four languages. It calls the same core as the API
 * does, never its HTTP.
 */
package ai.pathbound.identities.connect.page;
