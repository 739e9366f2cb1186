package ai.pathbound.identities.login.connector.webdriver;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/**
 * Takes the ids of browsers out of the addresses in traces: a reader of a trace who has such an id
 * and reaches the farm can go on in a browser that is signed in. The database holds them sealed for
 * the same reason.
 */
@ApplicationScoped
@Unremovable
public class BrowserIdRedaction implements SpanProcessor {
  private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
  private static final Pattern BROWSER = Pattern.compile("/session/.*");

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    String url = span.getAttribute(URL);
    if (url != null) {
      span.setAttribute(URL, BROWSER.matcher(url).replaceFirst("/session/-"));
    }
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    // Nothing is left to do.
  }

  @Override
  public boolean isEndRequired() {
    return false;
  }
}
