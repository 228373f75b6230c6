package io.tickhub.it;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dependencies point one way. A module is known by its package below {@code io.tickhub}. */
class ArchitectureTest {

    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("runtime", Set.of("model")),
            Map.entry("producer", Set.of("model", "runtime")),
            Map.entry("hub", Set.of("model", "runtime")),
            Map.entry("aggregator", Set.of("model", "runtime")),
            Map.entry("client", Set.of("model", "runtime")),
            Map.entry("gateway", Set.of("model", "runtime", "client")),
            Map.entry("cluster", Set.of("model", "runtime", "producer", "hub", "aggregator", "gateway")),
            Map.entry("drill", Set.of("model", "runtime", "client", "cluster")),
            Map.entry("benchmarks", Set.of("model", "runtime", "aggregator", "producer", "client", "cluster", "drill")),
            Map.entry("cli", Set.of("model", "runtime", "client", "cluster", "drill", "benchmarks")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tickhub")
            .that(not(resideInAPackage("io.tickhub.it..")));

    static Stream<String> modules() {
        return ALLOWED.keySet().stream().sorted();
    }

    @Test
    void everyClassBelongsToAKnownModule() {
        Set<String> found = CLASSES.stream()
                .map(type -> type.getPackageName().split("\\.", -1)[2])
                .collect(Collectors.toSet());

        assertThat(found).isEqualTo(ALLOWED.keySet());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleDependsOnlyOnThoseBelowIt(String module) {
        String[] allowed = Stream.concat(Stream.of(module), ALLOWED.get(module).stream())
                .map(name -> "io.tickhub." + name + "..")
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage("io.tickhub." + module + "..")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("io.tickhub..")).or(resideInAnyPackage(allowed)))
                .check(CLASSES);
    }

    @Test
    void theSharedModelHasNoThreadsAndNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAPackage("io.tickhub.model..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "org.apache.kafka..",
                                "java.util.concurrent..",
                                "java.net..",
                                "java.nio.channels..",
                                "java.nio.file..",
                                "org.slf4j..")
                        .or(type(Thread.class))
                        .or(type(java.io.File.class)))
                .check(CLASSES);
    }

    /** The metrics of a service stand in one list beside its {@code Main}, and all its packages use it. */
    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.tickhub.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(alwaysTrue(), simpleNameEndingWith("Metrics"))
                .check(CLASSES);
    }

    @Test
    void packagesAreNamedByWhatTheyAreAbout() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..utils..", "..impl..", "..manager..", "..helper..", "..dto..", "..common..")
                .check(CLASSES);
    }
}
