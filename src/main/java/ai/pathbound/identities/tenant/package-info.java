/** Who calls, for which tenant and from where: read from the verified token. */
package ai.pathbound.identities.tenant;
