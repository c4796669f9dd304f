/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.real.DockerRegistry;
import io.github.cnab4j.real.RealProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command between two registries that users run. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the packaged command is a shell script")
class RealRegistryIT {
    private static final Path COMMAND =
            Path.of("..", "cnab-to-oci").toAbsolutePath().normalize();
    private static final Path EXAMPLES = COMMAND.resolveSibling("examples");
    /** The multi-platform image of the example. */
    private static final String WEB = "sha256:1ced5248cbf40922fa2d5fbd4f1c2d6dc34eef947c61c119c87148763be0fd32";

    @TempDir
    Path directory;

    private RealProgram skopeo;

    @BeforeEach
    void findSkopeo() {
        skopeo = RealProgram.require("skopeo");
    }

    @Test
    void aBundleGoesFromALayoutOverOneRegistryToAnotherAndKeepsItsDigest() throws Exception {
        try (DockerRegistry first = DockerRegistry.start(directory.resolve("first"));
                DockerRegistry second = DockerRegistry.start(directory.resolve("second"))) {
            String bundle = EXAMPLES.resolve("bundle.json").toString();
            String here = first.host() + "/apps/hello:1.0";
            String there = second.host() + "/moved/hello:1.0";

            String pushed = run("push", bundle, "--from", "oci:" + EXAMPLES.resolve("images"), "-t", here);
            run("pull", here);
            String moved = run("push", "pulled.json", "--use-relocation-map", "relocation-map.json", "-t", there);
            run("pull", there, "--bundle", "moved.json", "--relocation-map", "moved-map.json");

            assertThat(pushed).startsWith("Pushed successfully, with digest \"sha256:");
            assertThat(moved).isEqualTo(pushed);
            assertThat(directory.resolve("moved.json")).hasSameBinaryContentAs(directory.resolve("pulled.json"));
            assertThat(Files.readString(directory.resolve("moved-map.json")))
                    .isEqualTo(Files.readString(directory.resolve("relocation-map.json"))
                            .replace(first.host() + "/apps/hello", second.host() + "/moved/hello"));
            assertThat(skopeo.run("inspect", "--raw", "--tls-verify=false", "docker://" + there))
                    .isEqualTo(skopeo.run("inspect", "--raw", "--tls-verify=false", "docker://" + here))
                    .contains("\"org.opencontainers.artifactType\":\"application/vnd.cnab.manifest.v1\"");
        }
    }

    /** The source is gone before the archive is published, and tar and gzip carry it over by hand, in Porter's shape. */
    @Test
    void aBundleIsCarriedInAnArchiveToARegistryThatReachesNothingElse() throws Exception {
        RealProgram shell = RealProgram.require("sh");
        String pushed;
        String here;
        try (DockerRegistry first = DockerRegistry.start(directory.resolve("first"))) {
            here = first.host() + "/apps/hello:1.0";
            String bundle = EXAMPLES.resolve("bundle.json").toString();
            pushed = run("push", bundle, "--from", "oci:" + EXAMPLES.resolve("images"), "-t", here);
            run("archive", here, "hello.tgz");
            run("copy", here, "oci-archive:" + directory.resolve("images.tar"));
        }
        shell.run(
                "-euc",
                "cd \"$1\"; mkdir porter; tar xzf hello.tgz -C porter; cd porter;"
                        + " tar cf - --sort=name --format=ustar --owner=0 --group=0 --mtime=@0 . | gzip -n > ../porter.tgz",
                "sh",
                directory.toString());
        try (DockerRegistry second = DockerRegistry.start(directory.resolve("second"))) {
            String there = second.host() + "/carried/hello:1.0";
            String published = run("publish", "hello.tgz", there);
            String again = run("publish", "porter.tgz", second.host() + "/porter/hello:1.0");
            run("pull", there);

            String digest = published.strip().substring(published.indexOf('@') + 1);
            assertThat(pushed).contains("\"" + digest + "\"");
            assertThat(again).endsWith("@" + digest + "\n");
            assertThat(Files.readString(directory.resolve("relocation-map.json")))
                    .contains(second.host() + "/carried/hello@" + WEB);
            assertThat("sha256:" + sha256(skopeo.run("inspect", "--raw", "--tls-verify=false", "docker://" + there)))
                    .isEqualTo(digest);
            assertThat("sha256:"
                            + sha256(skopeo.run(
                                    "inspect", "--raw", "oci-archive:" + directory.resolve("images.tar") + ":1.0")))
                    .isEqualTo(digest);

            run("archive", second.host() + "/porter/hello:1.0", "back.tgz");
            assertThat(shell.run(
                            "-euc",
                            "tar tzf \"$1\" | sort",
                            "sh",
                            directory.resolve("back.tgz").toString()))
                    .isEqualTo(shell.run(
                            "-euc",
                            "tar tzf \"$1\" | sort",
                            "sh",
                            directory.resolve("hello.tgz").toString()));
        }
    }

    @Test
    void aCopyGoesOverRegistriesAndALayoutAndSkopeoReadsAllOfIt() throws Exception {
        try (DockerRegistry first = DockerRegistry.start(directory.resolve("first"));
                DockerRegistry second = DockerRegistry.start(directory.resolve("second"))) {
            String bundle = EXAMPLES.resolve("bundle.json").toString();
            String here = first.host() + "/apps/hello:1.0";
            run("push", bundle, "--from", "oci:" + EXAMPLES.resolve("images"), "-t", here);
            String index = skopeo.run("inspect", "--raw", "--tls-verify=false", "docker://" + here);

            String there = run("copy", here, second.host() + "/copied/hello");
            String layout = run("copy", there.strip(), "oci:layout");
            String back = run("copy", "oci:layout:1.0", first.host() + "/back/hello:2");

            String digest = "@sha256:" + sha256(index) + "\n";
            assertThat(there).isEqualTo(second.host() + "/copied/hello:1.0" + digest);
            assertThat(layout).isEqualTo("oci:layout:1.0" + digest);
            assertThat(back).isEqualTo(first.host() + "/back/hello:2" + digest);
            assertThat(skopeo.run("inspect", "--raw", "oci:" + directory.resolve("layout") + ":1.0"))
                    .isEqualTo(index);
            String web = "@" + WEB;
            skopeo.run(
                    "copy",
                    "--all",
                    "--src-tls-verify=false",
                    "docker://" + first.host() + "/back/hello" + web,
                    "dir:" + directory.resolve("read"));
            assertThat(skopeo.run("inspect", "--raw", "dir:" + directory.resolve("read")))
                    .isEqualTo(skopeo.run(
                            "inspect",
                            "--raw",
                            "--tls-verify=false",
                            "docker://" + first.host() + "/apps/hello" + web));
        }
    }

    @Test
    void aCopyOfAnImageThatSkopeoPutIsTheSame() throws Exception {
        try (DockerRegistry registry = DockerRegistry.start(directory.resolve("registry"))) {
            String here = registry.host() + "/skopeo/web:1";
            skopeo.run(
                    "copy",
                    "--all",
                    "--dest-tls-verify=false",
                    "oci:" + EXAMPLES.resolve("images") + ":example.com/hello/web:1.0.0",
                    "docker://" + here);

            String there = run("copy", here, registry.host() + "/moved/web");

            assertThat(skopeo.run(
                            "inspect", "--raw", "--tls-verify=false", "docker://" + registry.host() + "/moved/web:1"))
                    .isEqualTo(skopeo.run("inspect", "--raw", "--tls-verify=false", "docker://" + here));
            assertThat(there).startsWith(registry.host() + "/moved/web:1@sha256:");
        }
    }

    @Test
    void skopeoReadsTheLayoutThatTheFirstCommandOfTheReadmeWrites() throws Exception {
        String layout = "oci:" + directory.resolve("demo") + ":1.0";

        String pushed = run(
                "push",
                EXAMPLES.resolve("bundle.json").toString(),
                "--from",
                "oci:" + EXAMPLES.resolve("images"),
                "-t",
                layout);

        String index = skopeo.run("inspect", "--raw", layout);
        assertThat(pushed).contains(sha256(index));
    }

    private static String sha256(String text) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }

    /** Runs the command in the directory of the test; gives what it wrote to standard output. */
    private String run(String... args) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(COMMAND.toString()));
        line.addAll(List.of(args));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("DOCKER_CONFIG", directory.toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }
}
