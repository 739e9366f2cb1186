package ai.pathbound.identities.connect.page;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** The page's files, which never change under their names. */
@Path("/connect/assets")
@PermitAll
public class AssetResource {
  private static final String CSS = "text/css;charset=UTF-8";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private static final String NOT_AT_ALL = "no-store";

  private final PageAssets assets;

  AssetResource(PageAssets assets) {
    this.assets = assets;
  }

  /** One file, or the stylesheet of a colour. */
  @GET
  @Path("{file}")
  @NonBlocking
  public Response asset(@PathParam("file") String file) {
    return assets
        .find(file)
        .map(asset -> answer(asset.type(), asset.content(), FOR_EVER))
        .or(() -> AccentColor.ofFile(file).map(color -> answer(CSS, color.stylesheet(), FOR_EVER)))
        .or(
            () ->
                assets
                    .ofAnotherRelease(file)
                    .map(asset -> answer(asset.type(), asset.content(), NOT_AT_ALL)))
        .orElseThrow(NotFoundException::new);
  }

  private static Response answer(String type, Object content, String keep) {
    return Response.ok(content, type).header(HttpHeaders.CACHE_CONTROL, keep).build();
  }
}
