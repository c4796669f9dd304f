/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layouts of which something is missing, cut, or not what it should be: each is found, named, and not copied. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "makes links")
class BadLayoutTest {
    private final TestRegistry registry = TestRegistry.start();
    private final TestRegistry other = TestRegistry.start();

    @TempDir
    Path directory;

    private Path root;
    private Location layout;

    /** What is done to a file of a layout. */
    enum Harm {
        REMOVED {
            @Override
            void to(Path file, Path elsewhere) throws IOException {
                Files.delete(file);
            }
        },
        CUT {
            @Override
            void to(Path file, Path elsewhere) throws IOException {
                byte[] content = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(content, content.length / 2));
            }
        },
        LONGER {
            @Override
            void to(Path file, Path elsewhere) throws IOException {
                byte[] content = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(content, content.length + 1));
            }
        },
        A_LINK {
            @Override
            void to(Path file, Path elsewhere) throws IOException {
                Files.move(file, elsewhere);
                Files.createSymbolicLink(file, elsewhere);
            }
        },
        A_DIRECTORY {
            @Override
            void to(Path file, Path elsewhere) throws IOException {
                Files.delete(file);
                Files.createDirectory(file);
            }
        };

        abstract void to(Path file, Path elsewhere) throws IOException;
    }

    @BeforeEach
    void copy() {
        GeneratedBundle generated = BundleBuilder.ofSmallImages(registry.host(), "app", new ContentGenerator(7), 1);
        registry.load(generated);
        root = directory.resolve("outer").resolve("layout");
        layout = Location.parse("oci:" + root);
        Location bundle = Location.parse(registry.host() + "/bundle:1.0");
        try (Remotes remotes = Remotes.builder().build()) {
            remotes.fixupAndPush(
                    Bundle.parse(generated.bytes()), bundle, FixupOptions.defaults(), PushOptions.defaults());
            remotes.copy(bundle, layout.withTag("1.0"), ArtifactCopyOptions.defaults());
        }
    }

    @AfterEach
    void stop() {
        registry.close();
        other.close();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(root.resolve(".cnab4j")))
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void harmToAnyFile_isFoundAndNamed_andNothingIsTagged(Harm harm) throws IOException {
        List<Path> files = files();
        Path elsewhere = directory.resolve("elsewhere");

        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            Path kept = Files.copy(file, directory.resolve("kept" + harm + i));
            harm.to(file, elsewhere);
            Location target = Location.parse(other.host() + "/target" + i + ":1");
            try (Remotes remotes = Remotes.builder().build()) {
                for (Throwable failure : List.of(
                        catchThrowable(() -> remotes.verifyLayout(layout, VerifyOptions.defaults())),
                        catchThrowable(() -> remotes.verify(layout.withTag("1.0"), VerifyOptions.defaults())),
                        catchThrowable(
                                () -> remotes.copy(layout.withTag("1.0"), target, ArtifactCopyOptions.defaults())))) {
                    assertThat(failure)
                            .as(harm + " " + file)
                            .isInstanceOf(CnabException.class)
                            .hasMessageContaining(String.valueOf(file.getFileName()));
                }
            }
            assertThat(other.repository("target" + i).tags()).isEmpty();
            Files.deleteIfExists(file);
            Files.move(kept, file);
            Files.deleteIfExists(elsewhere);
        }
    }

    @Test
    void blobThatNothingLeadsTo_isAWarning_andAnErrorIfItIsNotWhatItSays() throws IOException {
        Path stray = root.resolve("blobs/sha256")
                .resolve("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        Files.writeString(stray, "hello");
        try (Remotes remotes = Remotes.builder().build()) {
            assertThat(remotes.verifyLayout(layout, VerifyOptions.defaults()).warnings())
                    .extracting(Warning::message)
                    .singleElement()
                    .asString()
                    .contains("nothing leads to sha256:2cf24dba");
            Files.writeString(stray, "hellO");

            assertThat(catchThrowable(() -> remotes.verifyLayout(layout, VerifyOptions.defaults())))
                    .isInstanceOf(CnabException.class)
                    .hasMessageContaining("2cf24dba");
        }
    }
}
