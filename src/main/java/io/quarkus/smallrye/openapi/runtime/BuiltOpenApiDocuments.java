package io.quarkus.smallrye.openapi.runtime;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.smallrye.openapi.OpenApiFilter.RunStage;
import io.quarkus.smallrye.openapi.runtime.filter.AutoSecurityFilter;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Answers with the API document as the build wrote it. From 3.31 on Quarkus reads and writes the
 * whole document at every start, whatever would ask for it: half a second of a JVM's start, and
 * work that its compiler still has before it when the first calls come (quarkusio/quarkus#54826,
 * mended in a release after 3.33.2: remove this class with it).
 *
 * <p>It stands in this package because what it replaces is visible here only, and is of production
 * only because dev mode and tests give the program a class loader, and so a package, of its own.
 * The framework's build makes both formats resources of a native executable.
 */
@Alternative
@IfBuildProfile("prod")
@Unremovable // the framework asks for it by its type
@Priority(Interceptor.Priority.APPLICATION)
@ApplicationScoped
public class BuiltOpenApiDocuments extends OpenApiDocumentService {
  @Override
  void prepareDocument(
      AutoSecurityFilter security, Map<RunStage, List<String>> filters, String name) {
    // There is nothing to prepare: no filter of ours runs at the start.
  }

  /**
   * The document.
   *
   * @throws UncheckedIOException where it cannot be read
   */
  @Override
  public byte[] getDocument(String name, Format format) {
    String resource = "/" + OpenApiConstants.BASE_NAME + "." + format;
    try (InputStream document = BuiltOpenApiDocuments.class.getResourceAsStream(resource)) {
      return document.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
