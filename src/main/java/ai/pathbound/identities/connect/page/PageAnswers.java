package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.ConnectAddress;
import ai.pathbound.identities.connect.link.PageLanguage;
import ai.pathbound.identities.connect.link.TenantPage;
import ai.pathbound.identities.id.LinkId;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Makes answers of templates. Their policies are every answer's below this path. */
@ApplicationScoped
class PageAnswers {
  private static final String HTML = "text/html;charset=UTF-8";
  private final PageAssets assets;

  PageAnswers(PageAssets assets) {
    this.assets = assets;
  }

  /** What is around a page of a link that nothing follows by itself. */
  PageFrame frame(LinkId link, PageLanguage language, Optional<TenantPage> tenant) {
    return around(path(link), language, tenant, null, Reload.NEVER);
  }

  /** What is around a page of a link that changes; {@code version} is what it shows. */
  PageFrame frame(
      LinkId link,
      PageLanguage language,
      Optional<TenantPage> tenant,
      String version,
      Reload reload) {
    return around(path(link), language, tenant, version, reload);
  }

  private PageFrame around(
      String path,
      PageLanguage language,
      Optional<TenantPage> tenant,
      String version,
      Reload reload) {
    return new PageFrame(
        language.tag(),
        tenant.map(TenantPage::displayName).orElse(null),
        tenant.flatMap(TenantPage::privacyUrl).orElse(null),
        tenant.flatMap(TenantPage::accentColor).map(AccentColor::path).orElse(null),
        assets.paths(),
        path,
        version,
        reload.refresh(path, version));
  }

  /** A page. */
  Uni<Response> page(int status, PageFrame frame, TemplateInstance template) {
    return template
        .setLocale(frame.lang())
        .createUni()
        .map(html -> Response.status(status).type(HTML).entity(html).build());
  }

  /** A page of nobody's that says what is wrong and what to do. */
  Uni<Response> notice(int status, PageLanguage language, String heading, List<String> sentences) {
    return nobodys(status, language, heading, sentences, Optional.empty());
  }

  /** The same of what passes: with the way on to the page of the link that the request named. */
  Uni<Response> passing(int status, PageRequest request, String heading, List<String> sentences) {
    return nobodys(status, request.language(), heading, sentences, request.link());
  }

  private Uni<Response> nobodys(
      int status,
      PageLanguage language,
      String heading,
      List<String> sentences,
      Optional<LinkId> again) {
    PageFrame frame = around(null, language, Optional.empty(), null, Reload.NEVER);
    return page(
        status,
        frame,
        PageTemplates.notice(
            frame, heading, sentences, null, again.map(PageAnswers::path).orElse(null)));
  }

  /** To the page of a link, by a GET. */
  Response toThePage(LinkId link) {
    // Relative, since a proxy knows better than we do what browsers call us (RFC 9110, 10.2.2).
    return Response.status(Response.Status.SEE_OTHER)
        .header(HttpHeaders.LOCATION, path(link))
        .build();
  }

  private static String path(LinkId link) {
    return ConnectAddress.PATH + "/" + link;
  }
}
