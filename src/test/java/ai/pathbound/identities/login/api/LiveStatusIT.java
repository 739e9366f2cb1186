package ai.pathbound.identities.login.api;

import ai.pathbound.identities.program.PackagedProgram;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged program. */
@QuarkusIntegrationTest
@WithTestResource(value = PackagedProgram.class, scope = TestResourceScope.MATCHING_RESOURCES)
class LiveStatusIT extends LiveStatusTest {}
