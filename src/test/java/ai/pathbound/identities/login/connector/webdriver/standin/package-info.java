/**
 * A stand-in for LinkedIn: a small site whose pages have the shapes of LinkedIn's, scripted by the
 * tags of the sandbox. For tests, and to be started by itself for a demonstration. It knows nothing
 * of the service.
 */
package ai.pathbound.identities.login.connector.webdriver.standin;
