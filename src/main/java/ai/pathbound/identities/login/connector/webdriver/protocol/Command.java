package ai.pathbound.identities.login.connector.webdriver.protocol;

import io.vertx.core.http.HttpMethod;

/** The commands in use: WebDriver, section 6.3 (Endpoints). */
enum Command {
  STATUS(HttpMethod.GET, "/status"),
  NEW_SESSION(HttpMethod.POST, "/session"),
  DELETE_SESSION(HttpMethod.DELETE, "/session/{session}"),
  NAVIGATE_TO(HttpMethod.POST, "/session/{session}/url"),
  EXECUTE_SCRIPT(HttpMethod.POST, "/session/{session}/execute/sync"),
  ELEMENT_CLICK(HttpMethod.POST, "/session/{session}/element/{element}/click"),
  ELEMENT_CLEAR(HttpMethod.POST, "/session/{session}/element/{element}/clear"),
  ELEMENT_SEND_KEYS(HttpMethod.POST, "/session/{session}/element/{element}/value"),
  GET_ALL_COOKIES(HttpMethod.GET, "/session/{session}/cookie"),
  DELETE_COOKIE(HttpMethod.DELETE, "/session/{session}/cookie/{element}"),
  ADD_COOKIE(HttpMethod.POST, "/session/{session}/cookie");

  private final HttpMethod method;
  private final String template;

  Command(HttpMethod method, String template) {
    this.method = method;
    this.template = template;
  }

  HttpMethod method() {
    return method;
  }

  String path(String session, String element) {
    return template.replace("{session}", session).replace("{element}", element);
  }
}
