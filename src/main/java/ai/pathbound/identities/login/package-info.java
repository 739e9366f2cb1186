/**
 * Connecting an identity's LinkedIn account. This room holds the settings, the funnel that every
 * change of state passes, log fields and traces; the rooms below hold the states, the connectors,
 * the store, the worker and the API.
 */
package ai.pathbound.identities.login;
