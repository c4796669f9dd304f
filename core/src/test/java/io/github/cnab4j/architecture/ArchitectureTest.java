/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between the library's packages, and what no package may do. */
class ArchitectureTest {
    private static final String ROOT = "io.github.cnab4j";
    private static final JavaClasses LIBRARY = new ClassFileImporter().importPath(Path.of("target/classes"));

    /** A package and the packages of the library that it may see. */
    private record Arrows(String from, String... to) {
        String pattern() {
            return pattern(from);
        }

        static String pattern(String name) {
            return ROOT + "." + name + "..";
        }

        String[] allowed() {
            return Stream.concat(Stream.of(from), Arrays.stream(to))
                    .map(Arrows::pattern)
                    .toArray(String[]::new);
        }
    }

    private static final List<Arrows> ARROWS = List.of(
            new Arrows("error"),
            new Arrows("json", "error"),
            new Arrows("oci", "json", "error"),
            new Arrows("reference", "oci", "error"),
            new Arrows("bundle", "json", "oci", "reference", "error"),
            new Arrows("converter", "bundle", "oci", "reference", "json", "error"),
            new Arrows("pem", "error"),
            new Arrows("signature", "pem", "oci", "json", "error"),
            new Arrows("store", "oci", "json", "error"),
            new Arrows("transfer", "store", "oci", "json", "error"),
            new Arrows("registry", "pem", "store", "oci", "reference", "json", "error"),
            new Arrows("archive", "store", "oci", "error"),
            new Arrows("layout", "archive", "store", "oci", "json", "error"),
            new Arrows("docker", "archive", "pem", "store", "oci", "reference", "json", "error"),
            new Arrows(
                    "remotes",
                    "archive",
                    "bundle",
                    "converter",
                    "reference",
                    "store",
                    "transfer",
                    "registry",
                    "layout",
                    "docker",
                    "signature",
                    "oci",
                    "json",
                    "error"));

    @TestFactory
    Stream<DynamicTest> packagesSeeOnlyWhatTheyMay() {
        return ARROWS.stream()
                .map(arrows -> DynamicTest.dynamicTest(
                        arrows.from(),
                        () -> noClasses()
                                .that()
                                .resideInAPackage(arrows.pattern())
                                .should()
                                .dependOnClassesThat(
                                        resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(arrows.allowed()))))
                                .check(LIBRARY)));
    }

    @Test
    void everyPackageHasItsArrows() {
        Set<String> known = new TreeSet<>(ARROWS.stream().map(Arrows::from).toList());
        Set<String> present = new TreeSet<>();
        for (JavaClass type : LIBRARY) {
            String below = type.getPackageName()
                    .substring(Math.min(type.getPackageName().length(), ROOT.length() + 1));
            present.add(below.contains(".") ? below.substring(0, below.indexOf('.')) : below);
        }
        assertThat(present).isEqualTo(known);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(LIBRARY);
        slices().matching(ROOT + ".registry.(*)..").should().beFreeOfCycles().check(LIBRARY);
    }

    @Test
    void errorsDependOnJavaAlone() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".error..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", ROOT + ".error.."))
                .check(LIBRARY);
    }

    @Test
    void converterDoesNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".converter..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.io..", "java.net..", "java.nio.file.."))
                .check(LIBRARY);
    }

    @Test
    void librariesStayInThePackagesThatWrapThem() {
        onlyIn(Set.of(ROOT + ".registry.http..", ROOT + ".docker.."), "org.apache.hc..");
        onlyIn(Set.of(ROOT + ".json.."), "tools.jackson..", "org.erdtman..");
        onlyIn(Set.of(ROOT + ".archive.."), "com.github.luben..");
        onlyIn(Set.of(ROOT + ".bundle.."), "org.semver4j..");
    }

    @Test
    void noPublicClassShowsAnHttpClientType() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .arePublic()
                .should(new ShowInSignatures("org.apache.hc"))
                .check(LIBRARY);
    }

    @Test
    void filesAndProcessesAreTouchedOnlyWhereTheyBelong() {
        onlyIn(
                Set.of(
                        ROOT + ".archive..",
                        ROOT + ".layout..",
                        ROOT + ".docker..",
                        ROOT + ".pem..",
                        ROOT + ".registry.auth..",
                        ROOT + ".registry.tls.."),
                Files.class,
                ProcessBuilder.class);
    }

    @Test
    void nothingPrintsSleepsOrKeepsStateOfItsOwn() {
        noClasses()
                .should()
                .callMethodWhere(call(System.class, "exit", "currentTimeMillis", "setProperty"))
                .orShould()
                .callMethodWhere(call(Thread.class, "sleep"))
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .dependOnClassesThat(describe("are thread locals", type -> type.isAssignableTo(ThreadLocal.class)))
                .check(LIBRARY);
        fields().that().areStatic().should().beFinal().check(LIBRARY);
    }

    @Test
    void fieldsOfPublicTypesAreFinalOrPrivate() {
        fields().that().arePublic().or().areProtected().should().beFinal().check(LIBRARY);
    }

    @Test
    void unboundedReadsHappenOnlyBehindALimit() {
        noClasses()
                .that(not(resideInAnyPackage(ROOT + ".json.."))
                        .and(not(describe(
                                "are Verified", type -> type.getSimpleName().equals("Verified")))))
                .should()
                .callMethodWhere(call(InputStream.class, "readAllBytes"))
                .check(LIBRARY);
    }

    @Test
    void noWorkerOfTheEngineWaitsForAnother() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".transfer..")
                .should()
                .callMethodWhere(call(Future.class, "get"))
                .orShould()
                .callMethodWhere(call(CompletableFuture.class, "get", "join"))
                .orShould()
                .callMethodWhere(call(CountDownLatch.class, "await"))
                .check(LIBRARY);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(LIBRARY.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(aPackage -> !aPackage.isAnnotatedWith(NullMarked.class))
                        .toList())
                .isEmpty();
    }

    @Test
    void classesStayShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                try (Stream<String> lines = Files.lines(source)) {
                    if (lines.count() > 400) {
                        tooLong.add(source.toString());
                    }
                }
            }
        }
        assertThat(tooLong).as("classes over 400 lines").isEmpty();
    }

    private static void onlyIn(Set<String> homes, String... packages) {
        noClasses()
                .that(not(resideInAnyPackage(homes.toArray(String[]::new))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages))
                .check(LIBRARY);
    }

    private static void onlyIn(Set<String> homes, Class<?>... types) {
        noClasses()
                .that(not(resideInAnyPackage(homes.toArray(String[]::new))))
                .should()
                .dependOnClassesThat(describe(
                        "are " + Arrays.toString(types),
                        type -> Arrays.stream(types).anyMatch(type::isEquivalentTo)))
                .check(LIBRARY);
    }

    private static DescribedPredicate<JavaCall<?>> call(Class<?> owner, String... methods) {
        return describe(
                "call " + owner.getSimpleName() + Arrays.toString(methods),
                call -> call.getTargetOwner().isAssignableTo(owner)
                        && Arrays.asList(methods).contains(call.getName()));
    }
}
