import com.example.identities.ApiClient;
import com.example.identities.ApiException;
import com.example.identities.api.IdentitiesApi;
import com.example.identities.api.LinkedInApi;
import com.example.identities.model.ChallengeBody;
import com.example.identities.model.ChallengeKind;
import com.example.identities.model.CodeBody;
import com.example.identities.model.Error;
import com.example.identities.model.IdentityBody;
import com.example.identities.model.LoginBody;
import com.example.identities.model.LoginResult;
import com.example.identities.model.NewIdentity;
import java.util.Optional;
import java.util.stream.Collectors;

/** README's flow, as a Java client writes it. What the API document does not have, does not compile. */
public final class Flow {
  private Flow() {}

  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    client.setRequestInterceptor(
        request -> request.header("Authorization", "Bearer " + arguments[1]));
    IdentitiesApi identities = new IdentitiesApi(client);
    LinkedInApi linkedIn = new LinkedInApi(client);

    String identity =
        identities
            .createIdentity(
                new NewIdentity().firstName("Ada").lastName("Lovelace").role("CTO"), null)
            .getIdentity()
            .getIdentityId();
    LoginBody credentials = new LoginBody().username("ada+2fa@example.com").password("any");
    String session =
        linkedIn
            .startLogin(identity, "wait=20", null, credentials)
            .getLoginResult()
            .getSessionId();
    LoginResult standing = standing(linkedIn, identity, session);
    System.out.println(standing.getStatus() + " " + standing.getChallenge().getKind());

    // Another way, of those that LinkedIn offers.
    ChallengeKind other = standing.getChallenge().getAlternatives().iterator().next();
    linkedIn.chooseChallenge(identity, session, new ChallengeBody().kind(other));
    LoginResult chosen = standing(linkedIn, identity, session);
    System.out.println(chosen.getStatus() + " " + chosen.getChallenge().getKind());
    try {
      // LinkedIn has only just sent it.
      linkedIn.resendCode(identity, session);
    } catch (ApiException e) {
      System.out.println(codeOf(client, e));
    }
    LoginResult answered =
        linkedIn
            .giveCode(identity, session, new CodeBody().code("123456"), "wait=20", null)
            .getLoginResult();
    System.out.println(answered.getStatus());
    System.out.println("connected " + linkedIn.checkConnection(identity).getConnected());

    // A login that is not wanted any more, and the list of all of them.
    String unwanted =
        linkedIn.startLogin(identity, null, null, credentials).getLoginResult().getSessionId();
    System.out.println(
        linkedIn.cancelSession(identity, unwanted).getLoginResult().getErrorCode());
    System.out.println(
        linkedIn.listSessions(identity, null, null, null).getSessions().stream()
            .map(login -> login.getStatus().toString())
            .collect(Collectors.joining(" ")));

    // Of two who change what they read, the second is told.
    String version =
        identities
            .getIdentityWithHttpInfo(identity, null)
            .getHeaders()
            .getOrDefault("etag", java.util.List.of())
            .get(0);
    IdentityBody change = new IdentityBody().jobTitle("CEO");
    System.out.println(identities.updateIdentity(identity, change, version).getIdentity().getRole());
    try {
      identities.updateIdentity(identity, change, version);
    } catch (ApiException e) {
      System.out.println(codeOf(client, e));
    }

    // The list, page by page.
    identities.createIdentity(
        new NewIdentity().firstName("Grace").lastName("Hopper").jobTitle("Admiral"), null);
    Optional<String> after = Optional.empty();
    do {
      var page = identities.listIdentities(1, after.orElse(null));
      page.getIdentities().forEach(found -> System.out.println(found.getFirstName()));
      after = Optional.ofNullable(page.getPagination().getNextAfter());
    } while (after.isPresent());
  }
  private static LoginResult standing(LinkedInApi linkedIn, String identity, String session)
      throws ApiException {
    return linkedIn.getLoginStatus(identity, session, "wait=20", null, null).getLoginResult();
  }

  private static String codeOf(ApiClient client, ApiException refused) throws Exception {
    return client.getObjectMapper().readValue(refused.getResponseBody(), Error.class).getCode();
  }
}
