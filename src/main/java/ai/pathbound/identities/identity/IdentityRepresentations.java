package ai.pathbound.identities.identity;

import ai.pathbound.identities.conditional.EntityTags;
import ai.pathbound.identities.idempotency.StoredResponse;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers with one identity, each with the entity tag of its body. */
@ApplicationScoped
class IdentityRepresentations {
  private final ObjectMapper json;

  IdentityRepresentations(ObjectMapper json) {
    this.json = json;
  }

  /** What is kept of the answer to a creation, for a repeat of the call. */
  StoredResponse toStore(IdentityWithProfile created) {
    IdentityView identity = IdentityView.of(created);
    String location = IdentityResource.PATH + "/" + identity.identityId();
    return StoredResponse.of(RestResponse.StatusCode.CREATED, location, body(identity));
  }

  /** The answer to a creation. A repeat has the tag of the first answer, as it has its body. */
  RestResponse<String> created(StoredResponse kept) {
    return ResponseBuilder.<String>create(kept.status())
        .entity(kept.body())
        .header(HttpHeaders.LOCATION, kept.location())
        .header(HttpHeaders.ETAG, IdentityTag.of(updatedAt(kept.body()), kept.body()))
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  /** The answer to an update. */
  RestResponse<String> changed(IdentityView identity) {
    return found(identity, Optional.empty());
  }

  /** The answer to a read: 304, without a body, where the client has seen it. */
  RestResponse<String> found(IdentityView identity, Optional<EntityTags> seen) {
    String body = body(identity);
    IdentityTag tag = IdentityTag.of(identity.updatedAt(), body);
    if (seen.isPresent() && seen.get().include(tag.opaque())) {
      return ResponseBuilder.<String>create(RestResponse.StatusCode.NOT_MODIFIED)
          .header(HttpHeaders.ETAG, tag)
          .build();
    }
    return ResponseBuilder.<String>create(RestResponse.StatusCode.OK)
        .entity(body)
        .header(HttpHeaders.ETAG, tag)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private String body(IdentityView identity) {
    try {
      return json.writeValueAsString(IdentityResponses.One.of(identity));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts and times is always JSON", e);
    }
  }

  /** What the body of a creation says: it has one such field, since there is no profile yet. */
  private Instant updatedAt(String body) {
    try (JsonParser fields = json.createParser(body)) {
      while (!"updated_at".equals(fields.currentName())) {
        fields.nextToken();
      }
      return Instant.parse(fields.nextTextValue());
    } catch (IOException e) {
      throw new IllegalStateException("this service wrote that body", e);
    }
  }
}
