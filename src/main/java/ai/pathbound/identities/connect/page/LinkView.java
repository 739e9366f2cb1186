package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.secret.Secret;
import java.util.Optional;

/**
 * A link as its holder looks at it.
 *
 * @param cookie the one of the browser that it is bound to
 * @param problem what is wrong with what was sent
 * @param reload when a page without a form is loaded anew where no script does it
 */
record LinkView(
    StoredLink link,
    Secret cookie,
    PageRequest request,
    Optional<FormProblem> problem,
    Reload reload) {

  /** Nothing is wrong. */
  static LinkView of(StoredLink link, Secret cookie, PageRequest request) {
    return new LinkView(link, cookie, request, Optional.empty(), Reload.HELD);
  }

  LinkView with(FormProblem found) {
    return new LinkView(link, cookie, request, Optional.of(found), reload);
  }

  LinkView reloading(Reload when) {
    return new LinkView(link, cookie, request, problem, when);
  }

  Texts texts() {
    return PageLanguages.texts(request.languageOf(link));
  }
}
