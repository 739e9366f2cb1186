/**
 * The start and the stop of the program. While the framework reads the settings, this room checks
 * that an operator gave what production needs; a replica that stops releases its clients and ends
 * its recurring tasks.
 */
package ai.pathbound.identities.start;
