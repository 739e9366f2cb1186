package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.login.session.Country;
import java.util.Optional;

/**
 * What a tenant asks of a link.
 *
 * @param redirectUrl where the holder goes back to
 * @param state what goes back with the holder
 * @param country where the login goes out; empty: the profile's own
 * @param language the page's language; empty: the browser's
 */
public record LinkOptions(
    Optional<String> redirectUrl,
    Optional<String> state,
    Optional<Country> country,
    Optional<PageLanguage> language) {}
