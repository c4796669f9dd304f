/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.real.DockerRegistry;
import io.github.cnab4j.real.RealProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** From a registry into a file, and from the file into a registry that reaches nothing else: a bundle and its signature. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the packaged command is a shell script")
class AirGapIT {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private PackagedCommand outside;
    private PackagedCommand inside;
    private Path carried;

    @BeforeEach
    void prepare() throws Exception {
        outside = new PackagedCommand(directory.resolve("outside"), directory.resolve("logs-outside"));
        inside = new PackagedCommand(directory.resolve("inside"), directory.resolve("logs-inside"));
        carried = directory.resolve("inside/hello.tgz");
        RealProgram openssl = RealProgram.require("openssl");
        for (String name : new String[] {"signer", "stranger"}) {
            String key = directory.resolve(name + ".key").toString();
            openssl.run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key);
            openssl.run(
                    "pkey",
                    "-in",
                    key,
                    "-pubout",
                    "-out",
                    directory.resolve(name + ".pub").toString());
        }
    }

    private String key(String name) {
        return directory.resolve(name).toString();
    }

    /** Pushes, signs, and archives; what is outside ends with this. Returns the digest. */
    private String pack() throws Exception {
        try (DockerRegistry registry = DockerRegistry.start(directory.resolve("first"))) {
            String here = registry.host() + "/apps/hello:1.0";
            String pushed = outside.start(
                            "push",
                            EXAMPLES.resolve("bundle.json").toString(),
                            "--from",
                            "oci:" + EXAMPLES.resolve("images"),
                            "--target",
                            here)
                    .succeeds();
            outside.start("sign", here, "--key", key("signer.key")).succeeds();
            outside.start("archive", here, "hello.tgz").succeeds();
            Files.move(directory.resolve("outside/hello.tgz"), carried, StandardCopyOption.REPLACE_EXISTING);
            return pushed.substring(pushed.indexOf("sha256:"), pushed.lastIndexOf('"'));
        }
    }

    @Test
    void bundleAndSignatureArrive() throws Exception {
        String digest = pack();
        try (DockerRegistry registry = DockerRegistry.start(directory.resolve("second"))) {
            String there = registry.host() + "/carried/hello:1.0";
            inside.start("verify", "hello.tgz", "--key", key("signer.pub")).succeeds();
            assertThat(inside.start("publish", "hello.tgz", there, "--require-signature", key("signer.pub"))
                            .succeeds())
                    .endsWith("@" + digest + "\n");
            inside.start("pull", there, "--require-signature", key("signer.pub"))
                    .succeeds();
            inside.start("verify", there, "--key", key("signer.pub")).succeeds();

            String map = Files.readString(directory.resolve("inside/relocation-map.json"));
            assertThat(map.split(registry.host() + "/carried/hello@sha256:", -1))
                    .hasSize(4);
            assertThat(Files.readString(directory.resolve("inside/pulled.json")))
                    .contains("\"name\":\"hello\"");

            PackagedCommand.Run wrong = inside.start("verify", there, "--key", key("stranger.pub"));
            assertThat(wrong.await()).isEqualTo(1);
            // All is there: publishing again moves nothing and gives the same.
            assertThat(inside.start("publish", "hello.tgz", there).succeeds()).endsWith("@" + digest + "\n");
        }
    }

    @Test
    void withTheWrongKey_nothingArrives() throws Exception {
        pack();
        Path registryFiles = directory.resolve("second");
        try (DockerRegistry registry = DockerRegistry.start(registryFiles)) {
            PackagedCommand.Run refused = inside.start(
                    "publish",
                    "hello.tgz",
                    registry.host() + "/carried/hello:1.0",
                    "--require-signature",
                    key("stranger.pub"));
            assertThat(refused.await()).isEqualTo(1);
            assertThat(refused.err()).contains("signature").doesNotContain("\tat ");
            assertThat(refused.out()).isEmpty();
        }
        assertThat(blobs(registryFiles)).isZero();
    }

    private static long blobs(Path registryFiles) throws IOException {
        try (Stream<Path> files = Files.walk(registryFiles)) {
            return files.filter(file -> file.endsWith("data") && Files.isRegularFile(file))
                    .count();
        }
    }
}
