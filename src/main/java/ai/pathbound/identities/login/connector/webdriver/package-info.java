/**
 * The connector that drives a real browser to LinkedIn's login over W3C WebDriver. It types
 * credentials once, into LinkedIn's origin only, and says where that led; it solves no CAPTCHA and
 * disguises nothing. {@code protocol} knows nothing of LinkedIn, and {@code pages} holds all that
 * LinkedIn may change.
 */
package ai.pathbound.identities.login.connector.webdriver;
