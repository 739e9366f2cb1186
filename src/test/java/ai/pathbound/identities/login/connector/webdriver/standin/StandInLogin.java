package ai.pathbound.identities.login.connector.webdriver.standin;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The stand-in's login page, in the shape that is set or that a username asks for. */
final class StandInLogin {
  volatile LoginShape shape = LoginShape.OLDER;

  /**
   * The login page.
   *
   * @param here the site by its number, which is another origin than by its name
   */
  void page(Request request, URI here) throws IOException {
    LoginShape asked = shape(request);
    String elsewhere = here.toString();
    if (asked == LoginShape.DOWN) {
      request.answer(503, StandInPages.page("503", "Down"));
    } else if (asked == LoginShape.ELSEWHERE && !request.host().startsWith("127.0.0.1")) {
      request.redirect(elsewhere + "/login");
    } else if (asked == LoginShape.FORMLESS_ELSEWHERE && request.path().equals("/login")) {
      request.redirect("/flagship-web/login/");
    } else if (asked == LoginShape.TWO_PAGES && request.query().startsWith("step2=")) {
      String username = Request.decode(request.query().substring("step2=".length()));
      request.answer(200, StandInPages.page("Sign in", StandInPages.passwordOnly(username)));
    } else {
      LoginShape now =
          asked == LoginShape.CHOOSER && request.query().equals("other=1")
              ? LoginShape.OLDER
              : asked;
      boolean rejected = request.query().contains("errorKey");
      request.answer(200, StandInPages.login(now, rejected, elsewhere));
    }
  }

  /** In which shape the login comes for this browser. */
  LoginShape shape(Request request) {
    String asked = request.cookies().get("shape");
    return shape == LoginShape.BY_TAG && asked != null ? LoginShape.valueOf(asked) : shape;
  }

  /** Who it is, and where to go on; remembers in which shape the login then comes. */
  void who(Request request) throws IOException {
    String username = request.form().getOrDefault("who", "");
    LoginShape asked = LoginShape.of(username).orElse(LoginShape.OLDER);
    request.cookie("shape=" + asked + "; Path=/");
    request.answer(
        200,
        switch (asked) {
          case TWO_STEPS -> "here";
          case TWO_PAGES -> "/login?step2=" + URLEncoder.encode(username, StandardCharsets.UTF_8);
          default -> "/login";
        });
  }
}
