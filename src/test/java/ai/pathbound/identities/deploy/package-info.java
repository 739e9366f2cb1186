/**
 * What deploy/ must hold: rendered as an operator renders it, then checked against Kubernetes' own
 * model, its "restricted" profile and this program. Knows no other room; reads their settings.
 */
package ai.pathbound.identities.deploy;
