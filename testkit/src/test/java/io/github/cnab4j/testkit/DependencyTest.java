/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class DependencyTest {
    private static final String SERVER = "io.github.cnab4j.server..";
    private static final String TESTKIT = "io.github.cnab4j.testkit..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.cnab4j");

    @Test
    void neitherModuleKnowsTheLibrary() {
        classes()
                .that()
                .resideInAnyPackage(SERVER, TESTKIT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        SERVER,
                        TESTKIT,
                        "java..",
                        "javax.net..",
                        "org.apache.hc.core5..",
                        "tools.jackson.core..",
                        "org.jspecify.annotations..",
                        "org.junit.jupiter.api..")
                .check(CLASSES);
    }

    @Test
    void theServerKnowsNeitherTestkitNorJUnit() {
        noClasses()
                .that()
                .resideInAPackage(SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TESTKIT, "org.junit..")
                .check(CLASSES);
    }

    @Test
    void onlyTheExtensionKnowsJUnit() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.cnab4j.testkit.junit")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(CLASSES);
    }

    @Test
    void httpAndStorageKnowNeitherEachOtherNorTheProtocol() {
        noClasses()
                .that()
                .resideInAPackage("io.github.cnab4j.server.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.github.cnab4j.server.protocol", "io.github.cnab4j.server.storage")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.github.cnab4j.server.storage")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.github.cnab4j.server.protocol", "io.github.cnab4j.server.http")
                .check(CLASSES);
    }

    @Test
    void onlyHttpKnowsTheHttpLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.cnab4j.server.http")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hc..")
                .check(CLASSES);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.github.cnab4j.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
