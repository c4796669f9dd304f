/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.real.DockerRegistry;
import io.github.cnab4j.real.RealProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The options of the packaged {@code copy} between two real registries, and another program that reads what came of them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the packaged command is a shell script")
class CopyOptionsIT {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private RealProgram skopeo;
    private PackagedCommand command;
    private DockerRegistry first;
    private DockerRegistry second;
    private String here;

    @BeforeEach
    void push() throws Exception {
        skopeo = RealProgram.require("skopeo");
        first = DockerRegistry.start(directory.resolve("first"));
        second = DockerRegistry.start(directory.resolve("second"));
        command = new PackagedCommand(directory.resolve("work"), directory.resolve("logs"));
        here = first.host() + "/apps/hello:1.0";
        pushExample("{}", first.host() + "/deps/db:1.4.0");
        pushExample(
                "{\"io.cnab.dependencies\":{\"requires\":{\"db\":{\"bundle\":\"" + first.host()
                        + "/deps/db\",\"version\":{\"ranges\":[\"1.x\"]}}}}}",
                here);
    }

    @AfterEach
    void stop() throws Exception {
        first.close();
        second.close();
    }

    private void pushExample(String custom, String target) throws Exception {
        String bundle = Files.readString(EXAMPLES.resolve("bundle.json")).strip();
        Files.writeString(
                directory.resolve("work/bundle.json"),
                bundle.substring(0, bundle.length() - 1) + ",\"custom\":" + custom + "}");
        run("push", "bundle.json", "--from", "oci:" + EXAMPLES.resolve("images"), "-t", target);
    }

    private String run(String... args) throws IOException, InterruptedException {
        return command.start(args).succeeds();
    }

    private String raw(String place) throws Exception {
        return skopeo.run("inspect", "--raw", "--tls-verify=false", "docker://" + place);
    }

    @Test
    void fewerPlatforms_allThatTheBundleNamesIsThere() throws Exception {
        String there = second.host() + "/apps/hello:amd64";

        String copied = run("copy", here, there, "--platform", "linux/amd64", "--relocation-map", "map.json");

        assertThat(copied).startsWith(there + "@sha256:");
        run("verify", there);
        run("pull", there);
        String map = Files.readString(directory.resolve("work/relocation-map.json"));
        assertThat(map).isEqualTo(Files.readString(directory.resolve("work/map.json")));
        JsonObject places = JsonReader.readObject(map.getBytes(StandardCharsets.UTF_8), JsonLimits.BUNDLE);
        String web = places.string("example.com/hello/web:1.0.0").orElseThrow();
        assertThat(raw(web)).contains("amd64").doesNotContain("arm64");
        assertThat(Files.readString(directory.resolve("work/pulled.json")))
                .contains(web.substring(web.indexOf('@') + 1));
        skopeo.run("copy", "--all", "--src-tls-verify=false", "docker://" + web, "dir:" + directory.resolve("read"));
    }

    @Test
    void mirrorWithDependenciesAndTags_overDirectories_withoutTheFirstRegistry() throws Exception {
        run("copy", here, "oci:carried/hello:1.0", "--with-dependencies", "--repository-layout", "mirror");
        first.close();

        String document = run(
                "copy",
                "oci:carried/hello:1.0",
                second.host() + "/mirror/hello:1.0",
                "--tag",
                "latest",
                "--with-dependencies",
                "--repository-layout",
                "mirror",
                "--output",
                "json");

        JsonObject json = JsonReader.readObject(document.getBytes(StandardCharsets.UTF_8), JsonLimits.BUNDLE);
        assertThat(raw(second.host() + "/mirror/hello:latest")).isEqualTo(raw(second.host() + "/mirror/hello:1.0"));
        assertThat(raw(second.host() + "/mirror/deps/db:1.4.0")).contains("application/vnd.cnab.manifest.v1");
        assertThat(raw(second.host() + "/mirror/hello/web:1.0.0")).contains("arm64");
        JsonObject map = json.object("relocationMap").orElseThrow();
        assertThat(map.members()).hasSize(3);
        for (var place : map.members().values()) {
            run("verify", ((JsonString) place).value());
        }
        assertThat(json.array("dependencies").orElseThrow().size()).isEqualTo(1);
    }
}
