package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.secret.Secret;
import java.util.Optional;
import java.util.function.Function;

/**
 * A link as its holder looks at it.
 *
 * @param cookie the one of the browser that it is bound to
 * @param problem what is wrong with what was sent, to be said above the form
 * @param reload when a page without a form is loaded anew where no script does it
 */
record LinkView(
    StoredLink link,
    Secret cookie,
    PageRequest request,
    Function<Texts, Optional<String>> problem,
    Reload reload) {

  /** Nothing is wrong. */
  static LinkView of(StoredLink link, Secret cookie, PageRequest request) {
    return new LinkView(link, cookie, request, texts -> Optional.empty(), Reload.HELD);
  }

  LinkView withProblem(Function<Texts, String> found) {
    return new LinkView(link, cookie, request, texts -> Optional.of(found.apply(texts)), reload);
  }

  LinkView reloading(Reload when) {
    return new LinkView(link, cookie, request, problem, when);
  }

  Texts texts() {
    return PageLanguages.texts(request.languageOf(link));
  }
}
