/**
 * Connect links in their states, the tenants' settings for the page and the holders' consents: the
 * states, which are pure Java, and the SQL on the plain reactive client. A link follows its login
 * in the transaction in which that ends; the code of logins knows nothing of links.
 */
package ai.pathbound.identities.connect.link;
