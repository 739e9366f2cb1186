/**
 * LinkedIn's pages as data: where they are, how each is told from the others, where to type. Read
 * from one file that an operator can replace.
 */
package ai.pathbound.identities.login.connector.webdriver.pages;
