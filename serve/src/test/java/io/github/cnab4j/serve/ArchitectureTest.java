/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.cnab4j.serve", "io.github.cnab4j.server");

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.github.cnab4j.(serve..)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void theServerKnowsNothingOfLayoutsAndOfTheLibrary() {
        classes()
                .that()
                .resideInAPackage("io.github.cnab4j.server..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.net..",
                        "org.jspecify.annotations..",
                        "org.apache.hc.core5..",
                        "tools.jackson.core..",
                        "io.github.cnab4j.server..")
                .check(CLASSES);
    }

    @Test
    void theStorageIsFilesAndNothingElse() {
        classes()
                .that()
                .resideInAPackage("io.github.cnab4j.serve.storage")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations..",
                        "io.github.cnab4j.serve.storage",
                        "io.github.cnab4j.server.storage",
                        "io.github.cnab4j.server.protocol",
                        "io.github.cnab4j.layout",
                        "io.github.cnab4j.store",
                        "io.github.cnab4j.oci",
                        "io.github.cnab4j.json",
                        "io.github.cnab4j.error")
                .check(CLASSES);
    }

    @Test
    void nobodyElseTouchesFiles_butForPasswordsAndTheAccessLog() {
        noClasses()
                .that()
                .resideInAPackage("io.github.cnab4j.serve..")
                .and()
                .resideOutsideOfPackage("io.github.cnab4j.serve.storage")
                .and()
                .doNotHaveSimpleName("Htpasswd")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .check(CLASSES);
    }

    @Test
    void timeStreamsAndTheProcessAreLeftToTheCommand() {
        noClasses()
                .that()
                .resideInAPackage("io.github.cnab4j.serve..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(CLASSES);
    }
}
