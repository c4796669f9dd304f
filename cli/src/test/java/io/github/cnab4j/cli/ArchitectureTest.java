/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.cnab4j.archive.Compression;
import io.github.cnab4j.docker.DockerEngine;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.registry.ProxySettings;
import io.github.cnab4j.registry.TlsSettings;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.registry.auth.CredentialKeeper;
import io.github.cnab4j.registry.auth.CredentialProvider;
import io.github.cnab4j.registry.auth.DockerConfig;
import io.github.cnab4j.registry.auth.TokenServices;
import io.github.cnab4j.signature.SigningKey;
import io.github.cnab4j.signature.VerificationKey;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import io.github.cnab4j.transfer.CopyOptions;
import io.github.cnab4j.transfer.CopyReport;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.cnab4j.cli");

    /** Flags in, words and exit codes out: whoever wants more from the library wants it in the facade. */
    @Test
    void seesTheFacadeTheValuesOfItsMethodsAndWhatItsBuilderIsMadeOf() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "java..",
                                "org.jspecify.annotations..",
                                "io.github.cnab4j.cli..",
                                "io.github.cnab4j.remotes..",
                                "io.github.cnab4j.serve",
                                "io.github.cnab4j.bundle..",
                                "io.github.cnab4j.reference..",
                                "io.github.cnab4j.oci..",
                                "io.github.cnab4j.error..")
                        .or(assignableTo(Compression.class))
                        .or(assignableTo(CopyOptions.class))
                        .or(assignableTo(CopyReport.class))
                        .or(assignableTo(DockerConfig.class))
                        .or(assignableTo(DockerEngine.class))
                        .or(assignableTo(Credential.class))
                        .or(assignableTo(CredentialKeeper.class))
                        .or(assignableTo(CredentialProvider.class))
                        .or(assignableTo(TokenServices.class))
                        .or(assignableTo(ProxySettings.class))
                        .or(assignableTo(TlsSettings.class))
                        .or(assignableTo(SigningKey.class))
                        .or(assignableTo(VerificationKey.class))
                        .or(assignableTo(CallScope.class))
                        .or(assignableTo(Cancellation.class))
                        .or(assignableTo(JsonLimits.class))
                        .or(assignableTo(JsonValue.class))
                        .or(assignableTo(JsonObject.Builder.class))
                        .or(assignableTo(GoJson.class)))
                .check(CLASSES);
    }

    @Test
    void onlyTheProcessItselfKnowsTheStreamsAndEndsTheProcess() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Main.class)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }
}
