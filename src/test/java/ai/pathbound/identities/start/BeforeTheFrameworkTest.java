package ai.pathbound.identities.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/**
 * What a JVM cannot show. In a native executable static initialisers run while the image is built,
 * and before the framework the configuration is the one of the build: whatever is read there is the
 * builder's for ever. So nothing of ours that runs then may touch what differs from process to
 * process, however many calls away.
 */
class BeforeTheFrameworkTest {
  /** Owner and name of what must not be reached, as {@code owner.name}. */
  private static final Pattern OF_THE_PROCESS =
      Pattern.compile(
          String.join(
              "|",
              // Configuration and environment.
              "org\\.eclipse\\.microprofile\\.config\\.ConfigProvider(Resolver)?\\..*",
              "io\\.quarkus\\.runtime\\.configuration\\.ConfigUtils\\..*",
              "io\\.smallrye\\.config\\..*",
              "java\\.lang\\.System\\.(getenv|getProperty|getProperties|setProperty)",
              "java\\.lang\\.(Integer|Long|Boolean)\\.get(Integer|Long|Boolean)",
              "java\\.util\\.(Locale|TimeZone)\\.getDefault",
              "java\\.time\\.ZoneId\\.systemDefault",
              // Time.
              "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)",
              "java\\.time\\.Clock\\..*",
              "java\\.time\\.(Instant|LocalDate|LocalTime|LocalDateTime|OffsetDateTime|ZonedDateTime)\\.now",
              "java\\.util\\.Date\\.<init>",
              // Random numbers.
              "java\\.(util|security)\\.(Secure)?Random\\..*",
              "java\\.util\\.SplittableRandom\\..*",
              "java\\.util\\.concurrent\\.ThreadLocalRandom\\..*",
              "java\\.util\\.UUID\\.randomUUID",
              "java\\.lang\\.Math\\.random",
              "javax\\.crypto\\.KeyGenerator\\..*",
              "java\\.security\\.KeyPairGenerator\\..*",
              // Threads, sockets, files, processes.
              "java\\.lang\\.(Thread|ProcessBuilder|ProcessHandle)\\..*",
              "java\\.lang\\.Runtime\\.(exec|addShutdownHook|availableProcessors|maxMemory)",
              "java\\.util\\.Timer\\..*",
              "java\\.util\\.concurrent\\.(Executors|ForkJoinPool|ThreadPoolExecutor|CompletableFuture)\\..*",
              "java\\.net\\.(http\\..*|(Server|Datagram)?Socket\\..*|InetAddress\\..*|NetworkInterface\\..*)",
              "java\\.nio\\.channels\\..*",
              "java\\.nio\\.file\\.Files\\..*",
              "java\\.io\\.File(Input|Output)Stream\\..*",
              "io\\.vertx\\.core\\.Vertx\\..*"));

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // In no package, and so in no image.
          .withImportOption(location -> !location.contains("/devmode/"))
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
          // What is ours in a package of the framework's, too.
          .importPackages("ai.pathbound.identities", "io.quarkus");

  @Test
  void noStaticInitialiserTouchesWhatDiffersFromProcessToProcess() {
    List<JavaCodeUnit> initialisers =
        PROGRAM.stream()
            .map(JavaClass::getStaticInitializer)
            .flatMap(Optional::stream)
            .map(JavaCodeUnit.class::cast)
            .toList();
    assertTrue(initialisers.size() > 20, "found " + initialisers.size());
    assertEquals(Set.of(), reached(initialisers));
  }

  /** The framework has a main method of its own; one of ours would run before it. */
  @Test
  void noMainMethodTouchesWhatDiffersFromProcessToProcess() {
    List<JavaCodeUnit> mains =
        PROGRAM.stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.getName().equals("main"))
            .map(JavaCodeUnit.class::cast)
            .toList();
    assertEquals(Set.of(), reached(mains));
  }

  @Test
  void theRuleSeesWhatIsReachedThroughOtherMethods() {
    JavaClasses broken = new ClassFileImporter().importClasses(Broken.class, Deeper.class);
    assertEquals(
        Set.of("Broken.<clinit> -> java.lang.System.getenv"),
        reached(List.of(broken.get(Broken.class).getStaticInitializer().orElseThrow())));
    assertEquals(
        Set.of("Broken.main -> org.eclipse.microprofile.config.ConfigProvider.getConfig"),
        reached(List.of(broken.get(Broken.class).getMethod("main", String[].class))));
  }

  /** Reads the environment where nobody would look for it, and the configuration too early. */
  static final class Broken {
    static final String HOME = new Deeper().home();

    static void main(String... args) {
      new Deeper().configuration();
    }
  }

  /** What {@link Broken} calls. */
  static final class Deeper {
    String home() {
      return System.getenv("HOME");
    }

    Object configuration() {
      return ConfigProvider.getConfig();
    }
  }

  /** What must not be reached and is, as {@code from where -> what}. */
  private static Set<String> reached(Collection<? extends JavaCodeUnit> roots) {
    Set<String> reached = new TreeSet<>();
    for (JavaCodeUnit root : roots) {
      Set<JavaCodeUnit> seen = new HashSet<>(Set.of(root));
      Deque<JavaCodeUnit> open = new ArrayDeque<>(seen);
      while (!open.isEmpty()) {
        for (JavaAccess<?> call : open.pop().getCallsFromSelf()) {
          AccessTarget target = call.getTarget();
          String name = target.getOwner().getFullName() + "." + target.getName();
          if (OF_THE_PROCESS.matcher(name).matches()) {
            reached.add(root.getOwner().getSimpleName() + "." + root.getName() + " -> " + name);
          }
          target
              .resolveMember()
              .filter(JavaCodeUnit.class::isInstance)
              .map(JavaCodeUnit.class::cast)
              .filter(seen::add)
              .ifPresent(open::add);
        }
      }
    }
    return reached;
  }
}
