/** Who calls, for which tenant and from where: read off the verified token. A leaf. */
package ai.pathbound.identities.tenant;
