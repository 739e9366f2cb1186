package ai.pathbound.identities.deploy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.config.Names;

/**
 * The settings that this program reads when it starts: its own mappings, Quarkus' and MicroProfile
 * JWT's. Quarkus' build-time settings are not among them: in an environment they do nothing.
 */
final class KnownSettings {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([\\w.\"-]+)");

  private static final Pattern PART = Pattern.compile("\\[\\*]|.");

  /** What looks like a setting; whatever else an environment holds is not ours to judge. */
  private static final Pattern SETTING =
      Pattern.compile("(IDENTITIES|QUARKUS|MP_JWT|SMALLRYE)_.*|[a-z].*\\..*");

  private final List<Pattern> known = new ArrayList<>();
  private final Properties carried = new Properties();

  KnownSettings() {
    try (InputStream file = getClass().getResourceAsStream("/application.properties")) {
      carried.load(file);
      for (String name : carried.stringPropertyNames()) {
        add(name);
        Matcher reference = REFERENCE.matcher(carried.getProperty(name));
        while (reference.find()) {
          add(reference.group(1));
        }
      }
      ownMappings();
      quarkusMappings();
      for (var field : Names.class.getFields()) {
        add((String) field.get(null));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ownMappings() throws ReflectiveOperationException {
    var classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("ai.pathbound.identities");
    var mappings =
        classes.that(
            DescribedPredicate.<JavaClass>describe(
                "settings", type -> type.isAnnotatedWith(ConfigMapping.class)));
    for (JavaClass mapping : mappings) {
      addMapping(Class.forName(mapping.getName()));
    }
  }

  private void quarkusMappings() throws IOException, ReflectiveOperationException {
    ClassLoader loader = getClass().getClassLoader();
    for (URL roots : Collections.list(loader.getResources("META-INF/quarkus-config-roots.list"))) {
      try (InputStream list = roots.openStream()) {
        String names = new String(list.readAllBytes(), StandardCharsets.UTF_8);
        for (String name : names.lines().filter(line -> !line.isBlank()).toList()) {
          Class<?> root = Class.forName(name.strip(), false, loader);
          ConfigRoot phase = root.getAnnotation(ConfigRoot.class);
          if (phase != null
              && phase.phase() == ConfigPhase.RUN_TIME
              && root.isAnnotationPresent(ConfigMapping.class)) {
            addMapping(root);
          }
        }
      }
    }
  }

  private void addMapping(Class<?> mapping) {
    ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(mapping))
        .keySet()
        .forEach(this::add);
  }

  /** As MicroProfile spells it for an environment; {@code *}: any key, {@code [*]}: any index. */
  private void add(String name) {
    Matcher part = PART.matcher(name);
    known.add(
        Pattern.compile(
            part.replaceAll(
                found ->
                    switch (found.group()) {
                      case "[*]" -> "(_[0-9]+_)?";
                      case "*" -> "[A-Z0-9_]+";
                      default ->
                          Character.isLetterOrDigit(found.group().charAt(0))
                              ? found.group().toUpperCase(Locale.ROOT)
                              : "_";
                    })));
  }

  /** Those of {@code names} that look like settings and that nothing in the program reads. */
  TreeSet<String> unknown(Iterable<String> names) {
    TreeSet<String> unknown = new TreeSet<>();
    for (String name : names) {
      if (SETTING.matcher(name).matches()
          && known.stream().noneMatch(setting -> setting.matcher(name).matches())) {
        unknown.add(name);
      }
    }
    return unknown;
  }

  /** A setting that the build carries, production's own first. */
  String carried(String name, String otherwise) {
    return carried.getProperty("%prod." + name, carried.getProperty(name, otherwise));
  }
}
