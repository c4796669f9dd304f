/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.server.storage.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedRegistryTest {
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path root;

    private HttpResponse<String> send(
            ServedRegistry registry, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + registry.address().getPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(ServedRegistry registry, String path, String... headers)
            throws IOException, InterruptedException {
        return send(registry, "GET", path, "", headers);
    }

    /** Pushes an image whose title is this. */
    private void push(ServedRegistry registry, String name, String tag, String title)
            throws IOException, InterruptedException {
        Digest config = Digest.Algorithm.SHA256.of("{}".getBytes(UTF_8));
        assertThat(send(registry, "POST", "/v2/" + name + "/blobs/uploads/?digest=" + config, "{}")
                        .statusCode())
                .isEqualTo(201);
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + IMAGE + "\",\"config\":{\"mediaType\":\"text/x\","
                + "\"digest\":\"" + config + "\",\"size\":2},\"layers\":[],"
                + "\"annotations\":{\"org.opencontainers.image.title\":\"" + title + "\"}}";
        assertThat(send(registry, "PUT", "/v2/" + name + "/manifests/" + tag, manifest, "Content-Type", IMAGE)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void theMetrics_countByKindOfPath_whateverClientsMakeUp() throws Exception {
        try (ServedRegistry registry = ServedRegistry.start(root, ServeOptions.standard())) {
            get(registry, "/v2/");
            get(registry, "/v2/made/up/tags/list");
            send(registry, "MADEUP", "/v2/", "");

            assertThat(get(registry, "/metrics").body())
                    .contains("cnab4j_http_requests_total{method=\"GET\",route=\"ping\",status=\"200\"} 1\n")
                    .contains("cnab4j_http_requests_total{method=\"GET\",route=\"tags\",status=\"404\"} 1\n")
                    .contains("cnab4j_http_requests_total{method=\"other\",route=\"ping\",status=\"405\"} 1\n")
                    .contains("cnab4j_http_request_duration_seconds_bucket{route=\"ping\",le=\"+Inf\"} 2\n")
                    .contains("cnab4j_uploads_open 0\n")
                    .doesNotContain("made/up", "MADEUP");
        }
    }

    @Test
    void theAccessLog_isJson_withoutQueriesAndFields() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        try (ServedRegistry registry =
                ServedRegistry.start(root, ServeOptions.standard().withAccessLog(lines::add))) {
            get(registry, "/v2/%22x/tags/list?secret=s3cret", "Authorization", "Bearer s3cret");
        }
        assertThat(lines).singleElement().asString().contains("\"status\":400", "\"method\":\"GET\"", "%22x");
        assertThat(lines.toString()).doesNotContain("s3cret");
    }

    @Test
    void names_andPasswordsOfAFile_areAskedFor_everywhereButForTheHealth() throws Exception {
        Path file = root.resolve("htpasswd");
        Files.writeString(file, "# users\nme:" + hash("secret") + "\n");
        Path layouts = root.resolve("layouts");
        try (ServedRegistry registry =
                ServedRegistry.start(layouts, ServeOptions.standard().withHtpasswd(file))) {
            assertThat(get(registry, "/healthz").statusCode()).isEqualTo(200);
            HttpResponse<String> stranger = get(registry, "/v2/");
            assertThat(stranger.statusCode()).isEqualTo(401);
            assertThat(stranger.headers().firstValue("WWW-Authenticate"))
                    .contains("Basic realm=\"cnab4j\", charset=\"UTF-8\"");
            assertThat(stranger.body()).contains("UNAUTHORIZED");
            for (String path : List.of("/", "/metrics", "/-/style.css")) {
                assertThat(get(registry, path).statusCode()).isEqualTo(401);
            }
            assertThat(get(registry, "/v2/", basic("me", "wrong")).statusCode()).isEqualTo(401);
            assertThat(get(registry, "/v2/", basic("other", "secret")).statusCode())
                    .isEqualTo(401);
            assertThat(get(registry, "/v2/", basic("me", "secret")).statusCode())
                    .isEqualTo(200);
            assertThat(get(registry, "/v2/", basic("me", "secret")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aPasswordThatIsNoBcryptHash_isNamedByItsLine_andNotQuoted() throws IOException {
        Path file = root.resolve("htpasswd");
        Files.writeString(file, "me:" + hash("secret") + "\nyou:{SHA}c2VjcmV0\n");

        assertThatThrownBy(() -> ServeOptions.standard().withHtpasswd(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("c2VjcmV0");
        assertThatThrownBy(() -> ServeOptions.standard().withHtpasswd(root.resolve("absent")))
                .isInstanceOf(FileException.class);
    }

    private static String hash(String password) {
        return OpenBSDBCrypt.generate("2y", password.toCharArray(), new byte[16], 4);
    }

    private static String[] basic(String name, String password) {
        return new String[] {
            "Authorization", "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8))
        };
    }

    @Test
    void readOnly_givesWhatIsThere_andTakesNothing() throws Exception {
        try (ServedRegistry registry = ServedRegistry.start(root, ServeOptions.standard())) {
            push(registry, "app", "1", "title");
        }
        try (ServedRegistry registry =
                ServedRegistry.start(root, ServeOptions.standard().withReadOnly(true))) {
            assertThat(get(registry, "/v2/app/manifests/1").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = send(registry, "POST", "/v2/app/blobs/uploads/", "");
            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(refused.body()).contains("UNSUPPORTED");
            assertThat(send(registry, "DELETE", "/v2/app/manifests/1", "").statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void tooLargeABlob_isAnsweredAsTheSpecificationSays() throws Exception {
        try (ServedRegistry registry =
                ServedRegistry.start(root, ServeOptions.standard().withMaxUploadBytes(3))) {
            HttpResponse<String> refused = send(
                    registry,
                    "POST",
                    "/v2/app/blobs/uploads/?digest=" + Digest.Algorithm.SHA256.of("four".getBytes(UTF_8)),
                    "four");

            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.body()).contains("SIZE_INVALID");
        }
    }

    @Test
    void fullDisks_areRecognised_alsoBehindOtherFailures() {
        assertThat(StorageFailures.isFull(new IOException("No space left on device")))
                .isTrue();
        assertThat(StorageFailures.isFull(
                        new FileException("cannot write", null, new IOException("/x: Disk quota exceeded"))))
                .isTrue();
        assertThat(StorageFailures.isFull(new IOException("Input/output error")))
                .isFalse();
    }

    @Test
    void thePages_showRepositoriesAndTags_withEveryTextEscaped() throws Exception {
        try (ServedRegistry registry = ServedRegistry.start(root, ServeOptions.standard())) {
            push(registry, "team/app", "1.0", "<script>alert('x')</script>&\\u202e");

            HttpResponse<String> list = get(registry, "/");
            assertThat(list.body()).contains("href=\"/-/repository/team/app\"", "<td>1.0</td>");
            HttpResponse<String> page = get(registry, "/-/repository/team/app");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;\ufffd")
                    .contains("docker pull 127.0.0.1:" + registry.address().getPort() + "/team/app:1.0")
                    .doesNotContain("<script");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(get(registry, "/-/style.css").headers().firstValue("Content-Type"))
                    .contains("text/css; charset=utf-8");
            assertThat(get(registry, "/-/repository/absent").statusCode()).isEqualTo(404);
            assertThat(get(registry, "/-/repository/..%2f..").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void manyTags_comeInPages() throws Exception {
        try (ServedRegistry registry =
                ServedRegistry.start(root, ServeOptions.standard().withDurable(false))) {
            for (int i = 100; i < 201; i++) {
                push(registry, "app", "t" + i, "title");
            }
            assertThat(get(registry, "/-/repository/app").body())
                    .contains("id=\"tag-t199\"", "?after=t199")
                    .doesNotContain("id=\"tag-t200\"");
            assertThat(get(registry, "/-/repository/app?after=t199").body())
                    .contains("id=\"tag-t200\"")
                    .doesNotContain("Next page");
        }
    }
}
