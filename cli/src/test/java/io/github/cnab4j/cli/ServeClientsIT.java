/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.real.RealEngine;
import io.github.cnab4j.real.RealProgram;
import io.github.cnab4j.testkit.conformance.ConformanceReport;
import io.github.cnab4j.testkit.conformance.ConformanceSuite;
import io.github.cnab4j.testkit.conformance.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged {@code serve} is a registry to those who have not heard of it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the packaged command is a shell script")
class ServeClientsIT {
    private static final Path IMAGES =
            Path.of("..", "examples", "images").toAbsolutePath().normalize();
    private static final String WEB = "sha256:1ced5248cbf40922fa2d5fbd4f1c2d6dc34eef947c61c119c87148763be0fd32";
    /** Its blobs: the index, two manifests, two configurations, two layers that both have. */
    private static final int BLOBS_OF_WEB = 7;

    @TempDir
    Path directory;

    private PackagedCommand command;
    private PackagedCommand.Run server;
    private String host;

    private void serve(String... flags) throws Exception {
        command = new PackagedCommand(directory, directory.resolve("logs"));
        Path root = Files.createDirectory(directory.resolve("root"));
        server = command.start(
                Stream.concat(Stream.of("serve", root.toString(), "--listen", "127.0.0.1:0"), Stream.of(flags))
                        .toArray(String[]::new));
        long end = System.nanoTime() + PackagedCommand.PATIENCE.toNanos();
        while (!server.out().endsWith("\n") && server.process().isAlive() && System.nanoTime() < end) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(server.out()).as(server.err()).startsWith("http://127.0.0.1:");
        host = server.out().strip().substring("http://".length());
    }

    @AfterEach
    void stop() throws Exception {
        server.signal("TERM");
        assertThat(server.await()).as(server.err()).isEqualTo(0);
    }

    /** A layout of the image with two platforms alone, under the tag {@code it}. */
    private String layout() throws Exception {
        Path layout = directory.resolve("in");
        command.start("copy", "oci:" + IMAGES + "@" + WEB, "oci:" + layout + ":it")
                .succeeds();
        return layout.toString();
    }

    /** The very bytes, in a layout that a client has written. */
    private void assertHoldsWeb(String layout) throws IOException {
        try (Stream<Path> blobs = Files.list(Path.of(layout, "blobs", "sha256"))) {
            assertThat(blobs.toList())
                    .hasSize(BLOBS_OF_WEB)
                    .allSatisfy(blob -> assertThat(blob)
                            .hasSameBinaryContentAs(
                                    IMAGES.resolve("blobs/sha256").resolve(blob.getFileName())));
        }
        assertThat(Path.of(layout, "blobs", "sha256", WEB.substring("sha256:".length())))
                .exists();
    }

    private String out() {
        return directory.resolve("out").toString();
    }

    /** The digest of what the registry gives for a reference. */
    private String digest(String repository, String reference) throws Exception {
        String url = "http://" + host + "/v2/" + repository + "/manifests/" + reference;
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(url).isEqualTo(200);
        return Digest.sha256(answer.body()).toString();
    }

    @Test
    void skopeoPushesAndPulls() throws Exception {
        serve();
        RealProgram skopeo = RealProgram.require("skopeo");
        String there = "docker://" + host + "/clients/skopeo:1";
        skopeo.run("copy", "--all", "--preserve-digests", "--dest-tls-verify=false", "oci:" + layout() + ":it", there);
        assertThat(digest("clients/skopeo", "1")).isEqualTo(WEB);
        skopeo.run("copy", "--all", "--preserve-digests", "--src-tls-verify=false", there, "oci:" + out() + ":it");
        assertHoldsWeb(out());
    }

    @Test
    void cranePushesAndPulls() throws Exception {
        serve();
        RealProgram crane = RealProgram.require("crane");
        String there = host + "/clients/crane:1";
        crane.run("push", "--index", layout(), there);
        crane.run("pull", "--format=oci", there, out());
        String pushed = crane.run("digest", there).strip();
        assertThat(digest("clients/crane", "1")).isEqualTo(pushed);
        assertThat(digest("clients/crane", WEB)).isEqualTo(WEB);
        try (Stream<Path> blobs = Files.list(IMAGES.resolve("blobs/sha256"))) {
            for (Path blob : blobs.toList()) {
                Path copy = Path.of(out(), "blobs", "sha256").resolve(blob.getFileName());
                if (Files.exists(Path.of(layout(), "blobs", "sha256").resolve(blob.getFileName()))) {
                    assertThat(copy).hasSameBinaryContentAs(blob);
                }
            }
        }
    }

    @Test
    void orasPushesAndPulls() throws Exception {
        serve();
        RealProgram oras = RealProgram.require("oras");
        String there = host + "/clients/oras:1";
        oras.run("cp", "--from-oci-layout", layout() + ":it", "--to-plain-http", there);
        assertThat(digest("clients/oras", "1")).isEqualTo(WEB);
        oras.run("cp", "--from-plain-http", there, "--to-oci-layout", out() + ":it");
        assertHoldsWeb(out());
    }

    @Test
    void regctlPushesAndPulls() throws Exception {
        serve();
        RealProgram regctl = RealProgram.require("regctl");
        String plain = "reg=" + host + ",tls=disabled";
        String there = host + "/clients/regctl:1";
        regctl.run("--host", plain, "image", "copy", "ocidir://" + layout() + ":it", there);
        assertThat(digest("clients/regctl", "1")).isEqualTo(WEB);
        regctl.run("--host", plain, "image", "copy", there, "ocidir://" + out() + ":it");
        assertHoldsWeb(out());
    }

    @Test
    void dockerPullsAndPushes() throws Exception {
        serve();
        RealProgram docker = RealProgram.require("docker");
        String given = given();
        String there = host + "/clients/docker:1";
        try (RealEngine engine = RealEngine.docker(directory.resolve("engine"))) {
            String at = engine.host();
            assertThat(docker.run("--host", at, "pull", given)).contains("Digest: " + WEB);
            docker.run("--host", at, "tag", given, there);
            docker.run("--host", at, "push", there);
            String pushed = digest("clients/docker", "1");
            assertThat(docker.run("--host", at, "image", "inspect", there)).contains("/clients/docker@" + pushed);
            docker.run("--host", at, "image", "rm", there, given);
            assertThat(docker.run("--host", at, "pull", there)).contains("Digest: " + pushed);
        }
    }

    @Test
    void podmanPullsAndPushes() throws Exception {
        serve();
        RealProgram podman = RealProgram.require("podman");
        String given = given();
        String there = host + "/clients/podman:1";
        String[] store = {
            "--root=" + directory.resolve("podman"), "--runroot=" + directory.resolve("run"), "--storage-driver=vfs"
        };
        podman.run(with(store, "pull", "--tls-verify=false", given));
        podman.run(with(store, "tag", given, there));
        podman.run(with(store, "push", "--tls-verify=false", "--digestfile", out(), there));
        String pushed = digest("clients/podman", "1");
        assertThat(Path.of(out())).hasContent(pushed);
        podman.run(with(store, "image", "rm", there, given));
        podman.run(with(store, "pull", "--tls-verify=false", there));
        assertThat(podman.run(with(store, "image", "inspect", there))).contains("/clients/podman@" + pushed);
    }

    /** The image with two platforms, put there by the command. */
    private String given() throws Exception {
        String given = host + "/clients/given:1";
        command.start("copy", "oci:" + layout() + ":it", given).succeeds();
        return given;
    }

    private static String[] with(String[] first, String... rest) {
        return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
    }

    @Test
    void conformanceSuiteFindsNothing() throws Exception {
        serve();
        Path results = Files.createDirectory(directory.resolve("results"));
        ConformanceReport report = suite().run(host, Map.of("OCI_VERSION", "dev"), results);

        assertThat(report.exitCode()).as(report.output()).isZero();
        assertThat(report.rows())
                .hasSizeGreaterThan(ConformanceReport.WHOLE)
                .allSatisfy(row -> assertThat(row.outcome()).as(row.name()).isEqualTo(Outcome.PASS));
    }

    private static ConformanceSuite suite() {
        return ConformanceSuite.at(
                Path.of(RealProgram.require("conformance").command().get(0)));
    }
}
