/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import static io.github.cnab4j.server.HttpCalls.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.server.HttpCalls;
import io.github.cnab4j.server.RegistryServer;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.MemoryStorage;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String EMPTY = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    private static final String ABSENT = "sha256:" + "0".repeat(64);

    private RegistryServer server;
    private HttpCalls http;

    @BeforeEach
    void start() throws IOException {
        server = RegistryServer.of(new MemoryStorage())
                .api(ApiOptions.standard().withMaxManifestBytes(10_000))
                .start();
        http = new HttpCalls(server.address());
        http.send("POST", "/v2/a/blobs/uploads/?digest=" + EMPTY, "{}".getBytes(UTF_8));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String image(String config, String more) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":{\"mediaType\":\"x/y\",\"digest\":\""
                + config + "\",\"size\":2},\"layers\":[]" + more + "}";
    }

    private static String digest(String text) {
        return Digest.Algorithm.SHA256.of(text.getBytes(UTF_8)).toString();
    }

    private HttpResponse<byte[]> put(String reference, String type, String text) {
        return http.send("PUT", "/v2/a/manifests/" + reference, text.getBytes(UTF_8), "Content-Type", type);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }

    @Test
    void itIsKeptByteForByte() {
        String manifest = image(EMPTY, ",\"unknown\" : [ 1.0 ]");
        HttpResponse<byte[]> put = put("1.0", MANIFEST + "; charset=utf-8", manifest);
        HttpResponse<byte[]> byTag = http.get("/v2/a/manifests/1.0");
        HttpResponse<byte[]> byDigest = http.get("/v2/a/manifests/" + digest(manifest));
        HttpResponse<byte[]> head = http.send("HEAD", "/v2/a/manifests/1.0");

        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(header(put, "Location")).isEqualTo("/v2/a/manifests/" + digest(manifest));
        assertThat(text(byTag)).isEqualTo(manifest);
        assertThat(text(byDigest)).isEqualTo(manifest);
        assertThat(header(byTag, "Content-Type")).isEqualTo(MANIFEST);
        assertThat(header(head, "Docker-Content-Digest")).isEqualTo(digest(manifest));
        assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(manifest.length()));
        assertThat(head.body()).isEmpty();
    }

    @Nested
    class Refusal {
        @ParameterizedTest
        @ValueSource(
                strings = {"", "[]", "{", "{} {}", "{\"a\":1,\"a\":2}", "{\"layers\":{}}", "{\"manifests\":[null]}"})
        void whatIsNoManifest(String body) {
            HttpResponse<byte[]> refused = put("1.0", MANIFEST, body);

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(text(refused)).contains("MANIFEST_INVALID");
        }

        @Test
        void anotherTypeThanItsOwn() {
            assertThat(put("1.0", INDEX, image(EMPTY, "")).statusCode()).isEqualTo(400);
        }

        @Test
        void theDigestOfOtherBytes() {
            HttpResponse<byte[]> refused = put(digest("other"), MANIFEST, image(EMPTY, ""));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(text(refused)).contains("DIGEST_INVALID");
        }

        @Test
        void aMissingConfig() {
            HttpResponse<byte[]> refused = put("1.0", MANIFEST, image(ABSENT, ""));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(text(refused)).contains("MANIFEST_BLOB_UNKNOWN").contains(ABSENT);
            assertThat(http.get("/v2/a/manifests/1.0").statusCode()).isEqualTo(404);
        }

        @Test
        void aMissingChildOfAnIndex() {
            String index = "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + MANIFEST + "\",\"digest\":\""
                    + EMPTY + "\",\"size\":2}]}";

            assertThat(text(put("1.0", INDEX, index))).contains("MANIFEST_BLOB_UNKNOWN");
        }

        @Test
        void tooManyBytes() {
            String large = image(EMPTY, ",\"x\":\"" + "x".repeat(10_000) + "\"");
            assertThat(put("1.0", MANIFEST, large).statusCode()).isEqualTo(413);
        }

        @ParameterizedTest
        @ValueSource(strings = {".x", "a%20b", "sha256:baddigeststring", "-"})
        void aMalformedReference(String reference) {
            assertThat(put(reference, MANIFEST, image(EMPTY, "")).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void layersThatAreNeverPushedMayBeMissing() {
        String manifest = image(EMPTY, "")
                .replace(
                        "\"layers\":[]",
                        "\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.nondistributable.v1.tar\","
                                + "\"digest\":\"" + ABSENT + "\",\"size\":1}]");
        assertThat(put("1.0", MANIFEST, manifest).statusCode()).isEqualTo(201);
    }

    @Test
    void deletingATagKeepsTheManifestAndDeletingTheManifestTakesItsTags() {
        String manifest = image(EMPTY, "");
        put("1.0", MANIFEST, manifest);
        put("2.0", MANIFEST, manifest);

        assertThat(http.send("DELETE", "/v2/a/manifests/1.0").statusCode()).isEqualTo(202);
        assertThat(http.get("/v2/a/manifests/1.0").statusCode()).isEqualTo(404);
        assertThat(http.get("/v2/a/manifests/2.0").statusCode()).isEqualTo(200);
        assertThat(http.send("DELETE", "/v2/a/manifests/" + digest(manifest)).statusCode())
                .isEqualTo(202);
        assertThat(http.get("/v2/a/manifests/2.0").statusCode()).isEqualTo(404);
        assertThat(text(http.get("/v2/a/tags/list"))).isEqualTo("{\"name\":\"a\",\"tags\":[]}");
    }

    @Test
    void severalTagsComeWithOnePut() {
        String manifest = image(EMPTY, "");
        HttpResponse<byte[]> put = put(digest(manifest) + "?tag=x&tag=y", MANIFEST, manifest);

        assertThat(put.headers().allValues("OCI-Tag")).containsExactly("x", "y");
        assertThat(text(http.get("/v2/a/tags/list"))).contains("[\"x\",\"y\"]");
    }

    @Nested
    class ReferrersList {
        private final String subject = image(EMPTY, "");

        private String referrer(String type) {
            return image(
                    EMPTY,
                    ",\"artifactType\":\"" + type + "\",\"annotations\":{\"k\":\"v\"},\"subject\":{\"mediaType\":\""
                            + MANIFEST + "\",\"digest\":\"" + digest(subject) + "\",\"size\":" + subject.length()
                            + "}");
        }

        @Test
        void showsWhatRefersToAManifestEvenBeforeThatExists() {
            String first = referrer("x/one");
            HttpResponse<byte[]> put = put(digest(first), MANIFEST, first);
            put(digest(referrer("x/two")), MANIFEST, referrer("x/two"));
            HttpResponse<byte[]> all = http.get("/v2/a/referrers/" + digest(subject));
            HttpResponse<byte[]> filtered = http.get("/v2/a/referrers/" + digest(subject) + "?artifactType=x%2Fone");

            assertThat(header(put, "OCI-Subject")).isEqualTo(digest(subject));
            assertThat(header(all, "Content-Type")).isEqualTo(INDEX);
            assertThat(text(all)).contains("x/one").contains("x/two").contains("\"annotations\":{\"k\":\"v\"}");
            assertThat(header(filtered, "OCI-Filters-Applied")).isEqualTo("artifactType");
            assertThat(text(filtered)).contains(digest(first)).doesNotContain("x/two");
        }

        @Test
        void isEmptyForARepositoryThatDoesNotExist() {
            HttpResponse<byte[]> empty = http.get("/v2/nobody/referrers/" + ABSENT);

            assertThat(empty.statusCode()).isEqualTo(200);
            assertThat(text(empty)).contains("\"manifests\":[]");
        }

        @Test
        void needsADigest() {
            assertThat(http.get("/v2/a/referrers/1.0").statusCode()).isEqualTo(400);
        }
    }
}
