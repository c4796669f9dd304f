/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.store.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServeTest {
    @TempDir
    Path directory;

    @Test
    void itsAddressIsTheResult_andToBeStoppedIsNoFailure() {
        Cancellation stopped = new Cancellation();
        stopped.cancel();

        Tool.Run run = Tool.in(directory).with(stopped).run("serve", "registry", "--listen", "127.0.0.1:0");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).matches("http://127\\.0\\.0\\.1:[0-9]+\n");
        assertThat(directory.resolve("registry")).isDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "--listen=nonsense,--listen",
        "--listen=127.0.0.1:70000,--listen",
        "--tls-cert=x,--tls-key",
        "--max-upload-size=big,--max-upload-size",
        "--max-manifest-size=4g,--max-manifest-size",
        "--idle-timeout=never,--idle-timeout",
        "--max-connections=0,--max-connections"
    })
    void valuesThatAreNone_areWrongUsage(String flag, String named) {
        Tool.Run run = Tool.in(directory).run("serve", "registry", flag);

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--htpasswd=absent", "--tls-cert=absent", "--access-log=absent/log"})
    void filesThatAreNotThere_areNamed(String flag) {
        Tool.Run run = flag.startsWith("--tls")
                ? Tool.in(directory).run("serve", "registry", "--listen=127.0.0.1:0", flag, "--tls-key=absent")
                : Tool.in(directory).run("serve", "registry", "--listen=127.0.0.1:0", flag);

        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("absent", "FILE_ERROR");
    }

    @Test
    void gc_removesWhatNothingNames_andSaysSo() throws IOException {
        Path blobs = directory.resolve("registry/app/blobs/sha256");
        Files.createDirectories(blobs);
        Files.writeString(directory.resolve("registry/app/oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(directory.resolve("registry/app/index.json"), "{\"schemaVersion\":2,\"manifests\":[]}");
        Path orphan = Files.writeString(blobs.resolve("0".repeat(64)), "orphan");
        Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        Tool.Run dry = Tool.in(directory).run("gc", "registry", "--dry-run", "--output=json");
        assertThat(dry.out())
                .contains("\"dryRun\":true", "{\"repository\":\"app\",\"manifests\":0,\"blobs\":1,\"bytes\":6}");
        assertThat(orphan).exists();

        Tool.Run run = Tool.in(directory).run("gc", "registry");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("app: removed 1 blobs, 6 bytes\n");
        assertThat(orphan).doesNotExist();
    }

    @Test
    void gc_ofADamagedLayout_removesNothing_andFails() throws IOException {
        Path blobs = directory.resolve("app/blobs/sha256");
        Files.createDirectories(blobs);
        Files.writeString(directory.resolve("app/oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Files.writeString(directory.resolve("app/index.json"), "{");
        Path orphan = Files.writeString(blobs.resolve("0".repeat(64)), "orphan");
        Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        Tool.Run run = Tool.in(directory).run("gc", "app");

        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("index.json");
        assertThat(orphan).exists();
    }

    @Test
    void gc_ofWhatIsNotThere_makesNothing() {
        Tool.Run run = Tool.in(directory).run("gc", "absent");

        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(directory.resolve("absent")).doesNotExist();
    }
}
