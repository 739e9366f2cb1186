/**
 * How the service says no: expected refusals, the one error body, and the mapping of everything
 * that can go wrong in any layer onto it.
 */
package ai.pathbound.identities.problem;
