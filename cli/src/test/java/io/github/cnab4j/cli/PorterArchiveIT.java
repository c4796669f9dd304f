/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.real.DockerRegistry;
import io.github.cnab4j.real.RealProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A thick bundle as Porter writes it goes in, and ours comes out with the same members. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the packaged command is a shell script")
class PorterArchiveIT {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @Test
    void goesIn_andOursComesOutWithTheSameMembers() throws Exception {
        PackagedCommand command = new PackagedCommand(directory, directory.resolve("logs"));
        Path bundle = EXAMPLES.resolve("bundle.json");
        PorterArchive porter =
                new PorterArchive(bundle, EXAMPLES.resolve("images/blobs/sha256"), "docker.io/apps/hello");
        Path in = porter.writeTo(directory.resolve("hello.tgz"));
        RealProgram.require("gzip").run("-t", in.toString());
        RealProgram tar = RealProgram.require("tar");
        try (DockerRegistry registry = DockerRegistry.start(directory.resolve("registry"))) {
            String there = registry.host() + "/carried/hello:1.0";
            String layout = "oci:" + directory.resolve("pushed") + ":1.0";
            String pushed = command.start(
                            "push",
                            bundle.toString(),
                            "--from",
                            "oci:" + EXAMPLES.resolve("images"),
                            "--target",
                            layout)
                    .succeeds();
            String published = command.start("publish", in.toString(), there).succeeds();
            assertThat(pushed).contains("\"" + published.strip().substring(published.indexOf('@') + 1) + "\"");
            command.start("archive", there, "ours.tgz").succeeds();
        }

        Path out = Files.createDirectory(directory.resolve("out"));
        tar.run("-xzf", directory.resolve("ours.tgz").toString(), "-C", out.toString());
        try (Stream<Path> files = Files.walk(out)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> out.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(porter.names());
        }
        for (String name : porter.names()) {
            if (name.contains("/blobs/") || name.equals("bundle.json")) {
                assertThat(out.resolve(name)).hasBinaryContent(porter.file(name));
            }
        }
        String map = "relocation-mapping.json";
        assertThat(JsonReader.readObject(Files.readAllBytes(out.resolve(map)), JsonLimits.BUNDLE)
                        .members()
                        .keySet())
                .isEqualTo(JsonReader.readObject(porter.file(map), JsonLimits.BUNDLE)
                        .members()
                        .keySet());
        assertThat(tar.run("-tzf", in.toString())).startsWith("./\n./artifacts/\n./artifacts/layout/\n");
    }
}
