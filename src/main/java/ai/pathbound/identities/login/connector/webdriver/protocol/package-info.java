/**
 * The W3C WebDriver protocol (the W3C Recommendation of that name), as much of it as a login needs:
 * its commands and errors as tables, and a client that blocks no thread. Nothing of LinkedIn.
 */
package ai.pathbound.identities.login.connector.webdriver.protocol;
