/** Who calls, and for which tenant: read off the verified token. A leaf but for {@code problem}. */
package ai.pathbound.identities.tenant;
