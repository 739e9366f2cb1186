package ai.pathbound.identities.login.api;

import ai.pathbound.identities.audit.Actor;
import ai.pathbound.identities.audit.CurrentActor;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.idempotency.IdempotencyKey;
import ai.pathbound.identities.idempotency.StoredResponse;
import ai.pathbound.identities.json.JsonBody;
import ai.pathbound.identities.login.LogFields;
import ai.pathbound.identities.login.TraceParent;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.store.LoginStore;
import ai.pathbound.identities.problem.Refusal;
import ai.pathbound.identities.tenant.CurrentCaller;
import ai.pathbound.identities.tenant.Scopes;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The LinkedIn calls. Bodies are read after the 404, hence as bytes. */
@RegisterForReflection // A 403 reads the scope off the method.
@Path("/v1/identities/{identity_id}/linkedin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Scopes.WRITE)
@Tag(name = "LinkedIn", description = "Connecting an identity's LinkedIn account.")
public class LinkedInResource {
  private static final String IDENTITY = "identity_id";
  private static final String SESSION = "session_id";
  private static final int POLL_AGAIN_SECONDS = 2;

  private final CurrentCaller caller;
  private final CurrentActor actor;
  private final JsonBody bodies;
  private final LoginStore logins;
  private final LoginCalls calls;
  private final ConnectionCalls connections;
  private final PreferWait preferWait;

  LinkedInResource(
      CurrentCaller caller,
      CurrentActor actor,
      JsonBody bodies,
      LoginStore logins,
      LoginCalls calls,
      ConnectionCalls connections,
      PreferWait preferWait) {
    this.caller = caller;
    this.actor = actor;
    this.bodies = bodies;
    this.logins = logins;
    this.calls = calls;
    this.connections = connections;
    this.preferWait = preferWait;
  }

  /** Starts a login. */
  @POST
  @Path("login")
  @Operation(operationId = "startLogin", summary = "Start a login")
  @APIResponse(
      responseCode = "200",
      description = "The login is queued, or how it stands after the wait",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = LinkedInResponses.Started.class)))
  @APIResponse(
      responseCode = "400",
      description = "Or `credentials_required`, or `country_unavailable`.")
  @APIResponse(
      responseCode = "409",
      description =
          "A login of this identity is running (`login_in_progress`); its session_id is in details.")
  @APIResponse(
      responseCode = "429",
      description = "Too many logins of this identity (`too_many_logins`); see Retry-After.")
  public Uni<RestResponse<String>> login(
      @PathParam(IDENTITY) String identityId,
      @RequestBody(
              required = false,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = LoginBody.class)))
          byte[] body,
      @Context HttpHeaders headers,
      @HeaderParam(PreferWait.PREFER) List<String> prefer,
      @Parameter(hidden = true) @HeaderParam("traceparent") String traceparent) {
    Actor who = actor.get();
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

  /** How a login stands. */
  @GET
  @Path("status/{session_id}")
  @Operation(operationId = "getLoginStatus", summary = "How a login stands")
  @APIResponse(
      responseCode = "200",
      description = "How it stands, whatever came of it",
      headers =
          @Header(
              name = "Retry-After",
              description = "Seconds until to ask again, while the login has not ended",
              schema = @Schema(type = SchemaType.INTEGER)),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = LinkedInResponses.Standing.class)))
  public Uni<RestResponse<LinkedInResponses.Standing>> status(
      @PathParam(IDENTITY) String identityId,
      @PathParam(SESSION) String sessionId,
      @HeaderParam(PreferWait.PREFER) List<String> prefer) {
    IdentityId identity = identity(identityId);
    SessionId session = session(sessionId);
    Optional<Duration> wait = PreferWait.preferred(prefer);
    return preferWait
        .until(caller.get().tenant(), identity, session, wait.orElse(Duration.ZERO))
        .map(state -> respond(state, wait));
  }

  /** Tries a code. */
  @POST
  @Path("code/{session_id}")
  @Operation(operationId = "giveCode", summary = "Try a code")
  @APIResponse(
      responseCode = "200",
      description = "The code is being tried, or how the login stands after the wait",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = LinkedInResponses.Standing.class)))
  @APIResponse(responseCode = "400", description = "Or the login has failed: `too_many_codes`.")
  @APIResponse(
      responseCode = "401",
      description =
          "Or the login has failed: `credentials_rejected`, `session_expired`; then without WWW-Authenticate.")
  @APIResponse(
      responseCode = "403",
      description =
          "Or the login has failed: `captcha_required`, `unknown_challenge`; then without WWW-Authenticate.")
  @APIResponse(responseCode = "408", description = "The login has failed: `verification_timeout`.")
  @APIResponse(
      responseCode = "409",
      description =
          "The login asks for no code (`no_code_expected`), or has failed: `wrong_account`, `superseded`, `cancelled`, `interrupted`.")
  @APIResponse(responseCode = "423", description = "The login has failed: `account_locked`.")
  @APIResponse(responseCode = "502", description = "The login has failed: `linkedin_unavailable`.")
  public Uni<RestResponse<String>> code(
      @PathParam(IDENTITY) String identityId,
      @PathParam(SESSION) String sessionId,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = CodeBody.class)))
          byte[] body,
      @Context HttpHeaders headers,
      @HeaderParam(PreferWait.PREFER) List<String> prefer) {
    Actor who = actor.get();
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
  @Operation(
      operationId = "checkConnection",
      summary = "Ask LinkedIn whether it honours the stored session")
  @APIResponse(
      responseCode = "200",
      description = "What LinkedIn said",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = LinkedInResponses.Checked.class)))
  @APIResponse(
      responseCode = "502",
      description = "LinkedIn is out of reach (`linkedin_unavailable`).")
  @APIResponse(
      responseCode = "503",
      description = "Or the stored session cannot be opened (`session_unreadable`).")
  public Uni<LinkedInResponses.Checked> check(@PathParam(IDENTITY) String identityId) {
    return connections.check(caller.get().tenant(), identity(identityId));
  }

  /** Ends a login under way and erases the stored session, signed out at LinkedIn if asked for. */
  @DELETE
  @Operation(
      operationId = "disconnect",
      summary = "End a login under way and erase the stored session")
  @APIResponse(
      responseCode = "200",
      description = "It is disconnected",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = LinkedInResponses.Disconnected.class)))
  public Uni<LinkedInResponses.Disconnected> disconnect(
      @PathParam(IDENTITY) String identityId, @QueryParam("sign_out") String signOut) {
    return connections.disconnect(actor.get(), identity(identityId), isTrue(signOut));
  }

  private static boolean isTrue(String signOut) {
    if (signOut == null || signOut.equals("false")) {
      return false;
    }
    if (!signOut.equals("true")) {
      throw Refusal.invalid("sign_out", "must be true or false");
    }
    return true;
  }

  private static RestResponse<String> respond(StoredResponse stored, Optional<Duration> wait) {
    return applied(ResponseBuilder.<String>create(stored.status()), wait)
        .entity(stored.body())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .build();
  }

  private static RestResponse<LinkedInResponses.Standing> respond(
      LoginSnapshot state, Optional<Duration> wait) {
    var response =
        applied(
            ResponseBuilder.<LinkedInResponses.Standing>create(RestResponse.StatusCode.OK), wait);
    LoginStatus status = state.status();
    if (!status.isTerminal()) {
      response.header(HttpHeaders.RETRY_AFTER, POLL_AGAIN_SECONDS);
    }
    return response.entity(LinkedInResponses.Standing.of(state)).build();
  }

  private static <T> ResponseBuilder<T> applied(
      ResponseBuilder<T> response, Optional<Duration> wait) {
    wait.ifPresent(time -> response.header(PreferWait.APPLIED, "wait=" + time.toSeconds()));
    return response;
  }

  private static IdentityId identity(String id) {
    return IdentityId.parse(id).orElseThrow(Refusal::notFound);
  }

  private static SessionId session(String id) {
    SessionId session = SessionId.parse(id).orElseThrow(Refusal::notFound);
    LogFields.mark(session);
    return session;
  }
}
