package ai.pathbound.identities.login.connector.webdriver.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a remote end answers instead of a result to a command that we send: WebDriver, section 6.6
 * (Errors), then what chromedriver says beyond the standard, then two of ours for what no remote
 * end can say itself.
 */
public enum ErrorCode {
  /** Something lies over the element that was to be clicked. */
  ELEMENT_CLICK_INTERCEPTED("element click intercepted", Meaning.PAGE_DIFFERS),
  /** The element takes no keys, or cannot be clicked. */
  ELEMENT_NOT_INTERACTABLE("element not interactable", Meaning.PAGE_DIFFERS),
  /** The page's certificate is not trusted. */
  INSECURE_CERTIFICATE("insecure certificate", Meaning.PAGE_FAILED),
  /** The command's arguments are wrong. */
  INVALID_ARGUMENT("invalid argument", Meaning.FARM_FAILED),
  /** A cookie for another domain than the page's. */
  INVALID_COOKIE_DOMAIN("invalid cookie domain", Meaning.FARM_FAILED),
  /** The element cannot be changed. */
  INVALID_ELEMENT_STATE("invalid element state", Meaning.PAGE_DIFFERS),
  /** The browser is gone. */
  INVALID_SESSION_ID("invalid session id", Meaning.BROWSER_LOST),
  /** The script threw, or its page went away under it. */
  JAVASCRIPT_ERROR("javascript error", Meaning.PAGE_DIFFERS),
  /** Not on this page. */
  NO_SUCH_ELEMENT("no such element", Meaning.PAGE_DIFFERS),
  /** The browser's only window was closed. */
  NO_SUCH_WINDOW("no such window", Meaning.BROWSER_LOST),
  /** The script took too long. */
  SCRIPT_TIMEOUT("script timeout", Meaning.PAGE_DIFFERS),
  /** No browser could be opened: the farm is full, or has none such. */
  SESSION_NOT_CREATED("session not created", Meaning.FARM_FAILED),
  /** The element was on a page that is gone. */
  STALE_ELEMENT_REFERENCE("stale element reference", Meaning.PAGE_DIFFERS),
  /** The page did not load in time. */
  TIMEOUT("timeout", Meaning.PAGE_FAILED),
  /** The browser did not take the cookie. */
  UNABLE_TO_SET_COOKIE("unable to set cookie", Meaning.FARM_FAILED),
  /** A dialog was open, and has been dismissed. */
  UNEXPECTED_ALERT_OPEN("unexpected alert open", Meaning.PAGE_DIFFERS),
  /** The remote end knows no such command. */
  UNKNOWN_COMMAND("unknown command", Meaning.FARM_FAILED),
  /** Whatever has no name of its own; often a page that could not be loaded. */
  UNKNOWN_ERROR("unknown error", Meaning.PAGE_FAILED),
  /** The remote end knows the command by another method. */
  UNKNOWN_METHOD("unknown method", Meaning.FARM_FAILED),
  /** The remote end cannot do it. */
  UNSUPPORTED_OPERATION("unsupported operation", Meaning.FARM_FAILED),

  /** Chromedriver: the browser ended under it. */
  DISCONNECTED("disconnected", Meaning.BROWSER_LOST),
  /** Chromedriver: the browser does not answer it. */
  CHROME_NOT_REACHABLE("chrome not reachable", Meaning.BROWSER_LOST),
  /** Chromedriver: the page's process ended. */
  TAB_CRASHED("tab crashed", Meaning.BROWSER_LOST),

  /** Ours: the farm took no connection, dropped it, or did not answer in time. */
  FARM_UNREACHABLE("farm unreachable", Meaning.FARM_FAILED),
  /** Ours: what answered does not speak WebDriver. */
  NOT_WEBDRIVER("not webdriver", Meaning.FARM_FAILED);

  /** What a caller can make of it. */
  public enum Meaning {
    /** The page is another one than the command was meant for; looking again may help. */
    PAGE_DIFFERS,
    /** The page did not load. */
    PAGE_FAILED,
    /** There is no such browser any more. */
    BROWSER_LOST,
    /** The farm failed, or does not do that. */
    FARM_FAILED
  }

  private static final Map<String, ErrorCode> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toMap(ErrorCode::text, Function.identity()));

  private final String text;
  private final Meaning meaning;

  ErrorCode(String text, Meaning meaning) {
    this.text = text;
    this.meaning = meaning;
  }

  /** The code in JSON. */
  public String text() {
    return text;
  }

  /** What to make of it. */
  public Meaning meaning() {
    return meaning;
  }

  static ErrorCode ofText(String text) {
    return BY_TEXT.getOrDefault(text, UNKNOWN_ERROR);
  }
}
