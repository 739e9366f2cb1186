package ai.pathbound.identities.login.api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Lets a stream write its answer itself. The framework's own events would be sent with status 200
 * before it is known whether there is such a login, and without headers of ours.
 */
@Provider
public class LiveStreamWriter implements ServerMessageBodyWriter<LiveStream> {
  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return type == LiveStream.class;
  }

  @Override
  public void writeResponse(LiveStream stream, Type type, ServerRequestContext context) {
    stream.begin();
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == LiveStream.class;
  }

  @Override
  public void writeTo(
      LiveStream stream,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream body) {
    throw new UnsupportedOperationException("it writes for as long as it lives");
  }
}
