package ai.pathbound.identities.webhook.guard;

import java.net.InetAddress;

/**
 * Where to send a message: what was checked is what is connected to.
 *
 * @param secure whether by TLS
 * @param host the URL's host, for the Host header, SNI and the certificate; IPv6 without brackets
 * @param port the port
 * @param path the URL's path and query
 * @param address the address to connect to
 */
public record Target(boolean secure, String host, int port, String path, InetAddress address) {}
