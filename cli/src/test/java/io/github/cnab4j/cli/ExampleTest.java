/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README. */
class ExampleTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();
    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

    @TempDir
    Path directory;

    @Test
    void firstCommandOfTheReadmePrintsTheDigestThatTheReadmeShows() throws IOException {
        Tool.Run run = Tool.in(directory)
                .run(
                        "push",
                        EXAMPLES.resolve("bundle.json").toString(),
                        "--from",
                        "oci:" + EXAMPLES.resolve("images"),
                        "--target",
                        "oci:" + directory.resolve("demo") + ":1.0");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("Pushed successfully, with digest \"" + indexDigest() + "\"\n");
        assertThat(Files.readString(EXAMPLES.resolveSibling("README.md"))).contains(run.out());
    }

    @Test
    void isWhatItsProgramMakes() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(), EXAMPLES.resolve("MakeExample.java").toString(), directory.toString())
                .inheritIO()
                .start();

        assertThat(process.waitFor()).isZero();
        Map<String, String> made = files(directory);
        assertThat(made).hasSize(16);
        Map<String, String> kept = files(EXAMPLES);
        kept.keySet().removeIf(name -> name.endsWith("MakeExample.java") || name.endsWith(".gitattributes"));
        assertThat(made).isEqualTo(kept);
    }

    /** The digest by hand, from the bytes that CNAB 201 and the Go tool's encoding ask for, without any of our code. */
    private static String indexDigest() {
        String installer = "sha256:3cd77de0cda0e8f90a5290174ac7eabcf911bffb1b895e020b244584d6a38448";
        String web = "sha256:1ced5248cbf40922fa2d5fbd4f1c2d6dc34eef947c61c119c87148763be0fd32";
        String worker = "sha256:8d96b103c47f3a81748dfbcf7498d1565f2a19199d90470d788f643ed00e0ae7";
        // RFC 8785: members sorted, no blanks.
        String config =
                "{\"definitions\":{\"port\":{\"default\":8080,\"maximum\":65535,\"minimum\":1,\"type\":\"integer\"}},"
                        + "\"description\":\"An example: a web page for two platforms and a worker\",\"images\":{"
                        + "\"web\":" + image(web, "the web page", "web", OCI_INDEX, 491) + ","
                        + "\"worker\":" + image(worker, "does the work", "worker", OCI_MANIFEST, 547) + "},"
                        + "\"invocationImages\":[" + image(installer, null, "installer", OCI_MANIFEST, 547) + "],"
                        + "\"keywords\":[\"example\",\"hello\"],\"maintainers\":[{\"name\":\"cnab4j\"}],\"name\":\"hello\","
                        + "\"parameters\":{\"port\":{\"definition\":\"port\",\"destination\":{\"env\":\"PORT\"}}},"
                        + "\"schemaVersion\":\"v1.2.0\",\"version\":\"1.0.0\"}";
        String manifest = "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.cnab.config.v1+json\","
                + "\"digest\":\"" + sha256(config) + "\",\"size\":" + config.length() + "},\"layers\":null}";
        String index = "{\"schemaVersion\":2,\"manifests\":["
                + entry(OCI_MANIFEST, sha256(manifest), manifest.length(), "\"io.cnab.manifest.type\":\"config\"") + ","
                + entry(OCI_MANIFEST, installer, 547, "\"io.cnab.manifest.type\":\"invocation\"") + ","
                + entry(OCI_INDEX, web, 491, component("web")) + ","
                + entry(OCI_MANIFEST, worker, 547, component("worker")) + "],"
                + "\"annotations\":{\"io.cnab.keywords\":\"[\\\"example\\\",\\\"hello\\\"]\","
                + "\"io.cnab.runtime_version\":\"v1.2.0\","
                + "\"org.opencontainers.artifactType\":\"application/vnd.cnab.manifest.v1\","
                + "\"org.opencontainers.image.authors\":\"[{\\\"name\\\":\\\"cnab4j\\\"}]\","
                + "\"org.opencontainers.image.description\":\"An example: a web page for two platforms and a worker\","
                + "\"org.opencontainers.image.title\":\"hello\",\"org.opencontainers.image.version\":\"1.0.0\"}}";
        return sha256(index);
    }

    private static String image(String digest, String description, String name, String mediaType, int size) {
        return "{\"contentDigest\":\"" + digest + "\","
                + (description == null ? "" : "\"description\":\"" + description + "\",")
                + "\"image\":\"example.com/hello/" + name + ":1.0.0\",\"imageType\":\"oci\",\"mediaType\":\""
                + mediaType + "\",\"size\":" + size + "}";
    }

    private static String component(String name) {
        return "\"io.cnab.component.name\":\"" + name + "\",\"io.cnab.manifest.type\":\"component\"";
    }

    private static String entry(String mediaType, String digest, int size, String annotations) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size
                + ",\"annotations\":{" + annotations + "}}";
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every file below a directory: its name with slashes, and its content as Latin 1. */
    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(path).toString().replace(File.separatorChar, '/');
                content.put(name, new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }
}
