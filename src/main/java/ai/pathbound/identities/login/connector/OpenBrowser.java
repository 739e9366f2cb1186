package ai.pathbound.identities.login.connector;

import ai.pathbound.identities.login.session.BrowserHandle;
import java.time.Instant;

/**
 * A browser that a farm says is open and that carries our label.
 *
 * @param label for what it was opened: the id of a login, or of a profile that is checked, as the
 *     API writes them
 * @param since when it was opened, by the farm's clock
 */
public record OpenBrowser(String label, Instant since, BrowserHandle browser) {}
