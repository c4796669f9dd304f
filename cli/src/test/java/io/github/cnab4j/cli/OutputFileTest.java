/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.error.FileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    private static final byte[] CONTENT = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("out.json");
    }

    @Nested
    class At {
        @Test
        void acceptsANewFile() {
            assertThat(output(file)).isNotNull();
            assertThat(file).doesNotExist();
        }

        @Test
        void refusesADirectory() {
            assertThatThrownBy(() -> output(directory))
                    .isInstanceOf(FileException.class)
                    .hasMessage("NAME cannot be written: it is a directory");
        }

        @Test
        void refusesAMissingDirectory() {
            assertThatThrownBy(() -> output(directory.resolve("missing").resolve("out.json")))
                    .isInstanceOf(FileException.class)
                    .hasMessage("NAME cannot be written: its directory does not exist");
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void refusesAReadOnlyFile() throws IOException {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--r--r--")));
            // The superuser may write everywhere.
            Assumptions.assumeFalse(Files.isWritable(file));

            assertThatThrownBy(() -> output(file))
                    .isInstanceOf(FileException.class)
                    .hasMessage("NAME cannot be written: it is read-only");
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void refusesLinksThatLeadInACircle() throws IOException {
            Files.createSymbolicLink(file, Path.of("out.json"));

            assertThatThrownBy(() -> output(file))
                    .isInstanceOf(FileException.class)
                    .hasMessage("NAME cannot be written: too many symbolic links");
        }
    }

    @Nested
    class Write {
        @Test
        void putsTheContentInPlaceAndNothingElse() throws IOException {
            write(output(file));

            assertThat(file).hasContent("new");
            assertThat(names()).containsExactly("out.json");
        }

        @Test
        void replacesAnExistingFile() throws IOException {
            Files.writeString(file, "something longer that was there before");

            write(output(file));

            assertThat(file).hasContent("new");
        }

        @Test
        void leavesTheOldFileUntilItIsCommitted() throws IOException {
            Files.writeString(file, "old");

            try (Output.Staged staged = output(file).stage(CONTENT)) {
                assertThat(staged).isNotNull();
                assertThat(file).hasContent("old");
            }

            assertThat(file).hasContent("old");
            assertThat(names()).containsExactly("out.json");
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void keepsThePermissionsOfAnExistingFile() throws IOException {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));

            write(output(file));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-r-----");
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void followsASymbolicLink() throws IOException {
            Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
            Files.createSymbolicLink(file, Path.of("elsewhere", "real.json"));

            write(output(file));

            assertThat(file).isSymbolicLink();
            assertThat(elsewhere.resolve("real.json")).hasContent("new");
        }

        @Test
        @EnabledOnOs(OS.LINUX)
        void leavesADeviceWhereItIs() throws IOException {
            Path device = Path.of("/dev/null");

            write(output(device));

            assertThat(Files.isRegularFile(device)).isFalse();
            assertThat(device).exists();
        }

        @Test
        void namesTheFileIfItCannotBeStaged() throws IOException {
            Path gone = Files.createDirectory(directory.resolve("gone"));
            Output output = output(gone.resolve("out.json"));
            Files.delete(gone);

            assertThatThrownBy(() -> output.stage(CONTENT))
                    .isInstanceOf(FileException.class)
                    .hasMessage("NAME cannot be written: no such file or directory");
        }
    }

    @Nested
    class CollidesWith {
        @Test
        void isTrueForTheSameFileUnderTwoNames() {
            assertThat(output(file).collidesWith(output(directory.resolve(".").resolve("out.json"))))
                    .isTrue();
        }

        @Test
        @DisabledOnOs(OS.WINDOWS)
        void isTrueForALinkAndItsTarget() throws IOException {
            Path link = directory.resolve("link.json");
            Files.createSymbolicLink(link, file);

            assertThat(output(file).collidesWith(output(link))).isTrue();
        }

        @Test
        void isFalseForDifferentFiles() {
            assertThat(output(file).collidesWith(output(directory.resolve("other.json"))))
                    .isFalse();
        }

        @Test
        @EnabledOnOs(OS.LINUX)
        void isFalseForADevice() {
            assertThat(output(Path.of("/dev/null")).collidesWith(output(Path.of("/dev/null"))))
                    .isFalse();
        }
    }

    private static Output output(Path path) {
        return OutputFile.at("NAME", path);
    }

    private static void write(Output output) {
        try (Output.Staged staged = output.stage(CONTENT)) {
            staged.commit();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(path -> path.getFileName().toString()).toList();
        }
    }
}
