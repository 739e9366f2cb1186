package ai.pathbound.identities.login.api;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.idempotency.IdempotencyKey;
import ai.pathbound.identities.idempotency.StoredResponse;
import ai.pathbound.identities.json.JsonBody;
import ai.pathbound.identities.login.LogFields;
import ai.pathbound.identities.login.TraceParent;
import ai.pathbound.identities.login.store.LoginStore;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.CurrentCaller;
import ai.pathbound.identities.tenant.Scopes;
import ai.pathbound.identities.tenant.TenantId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The LinkedIn calls. Bodies are read after the 404, hence as bytes. */
@RegisterForReflection // A 403 reads the scope off the method.
@Path("/v1/identities/{identity_id}/linkedin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.WRITE)
public class LinkedInResource {
  private static final String IDENTITY = "identity_id";
  private static final String SESSION = "session_id";

  private final CurrentCaller caller;
  private final JsonBody bodies;
  private final LoginStore logins;
  private final LoginOperations calls;
  private final ConnectionOperations connections;
  private final StatusOperations statuses;

  LinkedInResource(
      CurrentCaller caller,
      JsonBody bodies,
      LoginStore logins,
      LoginOperations calls,
      ConnectionOperations connections,
      StatusOperations statuses) {
    this.caller = caller;
    this.bodies = bodies;
    this.logins = logins;
    this.calls = calls;
    this.connections = connections;
    this.statuses = statuses;
  }

  /** Starts a login. */
  @POST
  @Path("login")
  public Uni<RestResponse<String>> login(
      @PathParam(IDENTITY) String identityId,
      byte[] body,
      @Context HttpHeaders headers,
      @HeaderParam(PreferWait.PREFER) List<String> prefer,
      @HeaderParam("traceparent") String traceparent) {
    Caller who = caller.get();
    IdentityId identity = identity(identityId);
    Optional<Duration> wait = PreferWait.preferred(prefer);
    String trace = TraceParent.current(traceparent);
    return logins
        .requireIdentity(who.tenant(), identity)
        .map(found -> bodies.read(body, LoginBody.class).validate())
        .flatMap(
            login ->
                calls.start(
                    who,
                    identity,
                    login,
                    headers.getRequestHeader(IdempotencyKey.HEADER),
                    body,
                    wait,
                    trace))
        .map(stored -> respond(stored, wait));
  }

  /** How a login stands: a body, or a stream of bodies where the client wants events. */
  @GET
  @Path("status/{session_id}")
  @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
  public Uni<Response> status(
      @PathParam(IDENTITY) String identityId,
      @PathParam(SESSION) String sessionId,
      @HeaderParam(PreferWait.PREFER) List<String> prefer,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) List<String> ifNoneMatch,
      @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) String lastEventId,
      @HeaderParam(HttpHeaders.ACCEPT) List<String> accept,
      @Context HttpHeaders headers,
      @Context RoutingContext request) {
    IdentityId identity = identity(identityId);
    SessionId session = session(sessionId);
    TenantId tenant = caller.tenant();
    return LiveAccept.stream(accept, headers)
        ? statuses.stream(tenant, identity, session, lastEventId, caller.tokenTime(), request)
        : statuses.poll(
            tenant, identity, session, KnownVersions.of(ifNoneMatch), PreferWait.preferred(prefer));
  }

  /** Tries a code. */
  @POST
  @Path("code/{session_id}")
  public Uni<RestResponse<String>> code(
      @PathParam(IDENTITY) String identityId,
      @PathParam(SESSION) String sessionId,
      byte[] body,
      @Context HttpHeaders headers,
      @HeaderParam(PreferWait.PREFER) List<String> prefer) {
    Caller who = caller.get();
    IdentityId identity = identity(identityId);
    SessionId session = session(sessionId);
    Optional<Duration> wait = PreferWait.preferred(prefer);
    return logins
        .require(who.tenant(), identity, session)
        .map(found -> bodies.read(body, CodeBody.class).require())
        .flatMap(
            code ->
                calls.answer(
                    who,
                    identity,
                    session,
                    code,
                    headers.getRequestHeader(IdempotencyKey.HEADER),
                    body,
                    wait))
        .map(stored -> respond(stored, wait));
  }

  /** Whether LinkedIn honours the stored session now. */
  @GET
  @Path("check")
  public Uni<LinkedInResponses.Checked> check(@PathParam(IDENTITY) String identityId) {
    return connections.check(caller.tenant(), identity(identityId));
  }

  /** Ends a login under way and erases the stored session, signed out at LinkedIn if asked for. */
  @DELETE
  public Uni<LinkedInResponses.Disconnected> disconnect(
      @PathParam(IDENTITY) String identityId, @QueryParam("sign_out") String signOut) {
    return connections.disconnect(caller.get(), identity(identityId), isTrue(signOut));
  }

  private static boolean isTrue(String signOut) {
    if (signOut == null || signOut.equals("false")) {
      return false;
    }
    if (!signOut.equals("true")) {
      throw RefusalException.invalid("sign_out", "must be true or false");
    }
    return true;
  }

  private static RestResponse<String> respond(StoredResponse stored, Optional<Duration> wait) {
    return applied(ResponseBuilder.<String>create(stored.status()), wait)
        .entity(stored.body())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private static <T> ResponseBuilder<T> applied(
      ResponseBuilder<T> response, Optional<Duration> wait) {
    wait.ifPresent(time -> response.header(PreferWait.APPLIED, "wait=" + time.toSeconds()));
    return response;
  }

  static IdentityId identity(String id) {
    return IdentityId.parse(id).orElseThrow(RefusalException::notFound);
  }

  static SessionId session(String id) {
    SessionId session = SessionId.parse(id).orElseThrow(RefusalException::notFound);
    LogFields.mark(session);
    return session;
  }
}
