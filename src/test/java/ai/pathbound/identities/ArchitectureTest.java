package ai.pathbound.identities;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.json.Paged;
import ai.pathbound.identities.json.Pagination;
import ai.pathbound.identities.login.session.LoginSession;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.tenant.TenantId;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

/** Who may know whom, as the table in docs/architecture.md says it, and what else holds. */
class ArchitectureTest {
  private static final String ROOT = "ai.pathbound.identities.";
  private static final String SESSION = ROOT + "login.session..";
  private static final String STORE = ROOT + "login.store..";

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("ai.pathbound.identities");

  @Test
  void eachRoomKnowsExactlyTheRoomsThatTheTableSays() throws IOException {
    Map<String, Set<String>> actual = new TreeMap<>();
    for (JavaClass type : PROGRAM) {
      Set<String> known = actual.computeIfAbsent(room(type), room -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(ROOT))
          .map(ArchitectureTest::room)
          .filter(room -> !room.equals(room(type)))
          .forEach(known::add);
    }
    assertEquals(lines(RoomTable.read()), lines(actual));
  }

  private static String room(JavaClass type) {
    return type.getPackageName().substring(ROOT.length());
  }

  /** A line for each room, so that a failure shows where the two differ. */
  private static String lines(Map<String, Set<String>> rooms) {
    return rooms.entrySet().stream()
        .map(room -> room.getKey() + " knows " + String.join(", ", room.getValue()))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void theStatesKnowNoFramework() {
    classes()
        .that()
        .resideInAPackage(SESSION)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("ai.pathbound.identities..", "java..")
        .check(PROGRAM);
  }

  @Test
  void onlyIdentitiesAndTheDatabaseRoomKnowHibernate() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "identity..", ROOT + "database..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.hibernate..", "io.quarkus.hibernate..", "jakarta.persistence..")
        .check(PROGRAM);
  }

  @Test
  void entitiesAreDeletedByStatement() {
    // Of two sessions that remove an entity at a time, one waits for ever: see IdentityRepository.
    DescribedPredicate<JavaAccess<?>> removal =
        DescribedPredicate.describe(
            "remove an entity",
            access ->
                access.getTarget() instanceof CodeUnitAccessTarget method
                    && List.of("delete", "remove").contains(method.getName())
                    && method.getRawParameterTypes().size() == 1
                    && (method.getOwner().isAssignableTo(PanacheRepositoryBase.class)
                        || method.getOwner().isAssignableTo(Mutiny.Session.class)));
    noClasses().should().accessTargetWhere(removal).check(PROGRAM);
  }

  @Test
  void noRoomsKnowEachOtherInACircle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(PROGRAM);
    slices().matching(ROOT + "login.(*)..").should().beFreeOfCycles().check(PROGRAM);
  }

  @Test
  void onlyTheStoreTurnsRowsBackIntoStates() {
    noClasses()
        .that()
        .resideOutsideOfPackages(STORE, SESSION)
        .should()
        .callMethod(LoginSnapshot.class, "restore")
        .check(PROGRAM);
  }

  @Test
  void statesAreFinalAndCannotBeMadeFromOutside() {
    classes()
        .that()
        .areAssignableTo(LoginSession.class)
        .and()
        .areNotInterfaces()
        .should(
            new ArchCondition<>("be final, or sealed, with package-private constructors") {
              @Override
              public void check(JavaClass state, ConditionEvents events) {
                boolean closed =
                    (state.getModifiers().contains(JavaModifier.FINAL)
                            || state.reflect().isSealed())
                        && state.getConstructors().stream()
                            .noneMatch(c -> c.getModifiers().contains(JavaModifier.PUBLIC));
                events.add(new SimpleConditionEvent(state, closed, state.getName()));
              }
            })
        .check(PROGRAM);
  }

  @Test
  void everyQueryOfIdentitiesTakesTheTenantFirst() {
    methods()
        .that()
        .areDeclaredIn(ROOT + "identity.IdentityRepository")
        .or()
        .areDeclaredIn(ROOT + "identity.IdentityReads")
        .and()
        .areNotPrivate()
        .should(
            new ArchCondition<>("take a TenantId first") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                boolean tenantFirst =
                    !method.getRawParameterTypes().isEmpty()
                        && method.getRawParameterTypes().get(0).isEquivalentTo(TenantId.class);
                events.add(new SimpleConditionEvent(method, tenantFirst, method.getFullName()));
              }
            })
        .check(PROGRAM);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .resideInAnyPackage("..service..", "..util..", "..common..", "..impl..", "..dto..")
        .check(PROGRAM);
    noClasses()
        .should()
        .haveNameMatching(".*(Service|Util|Utils|Impl|Dto|DTO|Helper|Manager)")
        .check(PROGRAM);
  }

  @Test
  void everyPageOfAListLinksToTheNextOne() {
    classes()
        .that(
            DescribedPredicate.describe(
                "have a pagination",
                (JavaClass type) ->
                    type.getFields().stream()
                        .anyMatch(field -> field.getRawType().isEquivalentTo(Pagination.class))))
        .should()
        .implement(Paged.class)
        .check(PROGRAM);
  }

  @Test
  void timeIsInjected() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "time..", ROOT + "devmode..")
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Clock.class, "systemUTC")
        .check(PROGRAM);
  }

  @Test
  void whatReplicasShareGoesByTheClockOfTheDatabase() {
    noClasses()
        .that()
        .resideInAPackage(STORE)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.time.Clock.class)
        .check(PROGRAM);
  }
}
