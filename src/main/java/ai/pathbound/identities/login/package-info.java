/**
 * Connecting an identity's LinkedIn account. Here stand the settings and the funnel that every
 * change of state passes; the rooms below hold the states, the connectors, the store, the worker
 * and the API.
 */
package ai.pathbound.identities.login;
