/**
 * Connect links: the holder of a LinkedIn account connects it on a page of this service, where the
 * tenant's staff do not see the password. Here stand the settings; the rooms below hold the links
 * and the calls.
 */
package ai.pathbound.identities.connect;
