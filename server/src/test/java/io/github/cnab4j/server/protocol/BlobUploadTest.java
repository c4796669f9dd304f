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
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobUploadTest {
    private static final byte[] BLOB = new byte[200_000];
    private static final String DIGEST;
    private static final String OCTETS = "application/octet-stream";

    static {
        new Random(1).nextBytes(BLOB);
        DIGEST = Digest.Algorithm.SHA256.of(BLOB).toString();
    }

    private final MemoryStorage storage = new MemoryStorage();
    private RegistryServer server;
    private HttpCalls http;

    @BeforeEach
    void start() throws IOException {
        server = RegistryServer.of(storage)
                .api(ApiOptions.standard().withMinChunkBytes(1000))
                .start();
        http = new HttpCalls(server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String begin(String repository) {
        HttpResponse<byte[]> begun = http.send("POST", "/v2/" + repository + "/blobs/uploads/");
        assertThat(begun.statusCode()).isEqualTo(202);
        assertThat(header(begun, "Range")).isEqualTo("0-0");
        assertThat(header(begun, "OCI-Chunk-Min-Length")).isEqualTo("1000");
        return header(begun, "Location");
    }

    private HttpResponse<byte[]> chunk(String location, int from, int to) {
        return http.send(
                "PATCH",
                location,
                Arrays.copyOfRange(BLOB, from, to),
                "Content-Type",
                OCTETS,
                "Content-Range",
                from + "-" + (to - 1));
    }

    private void assertStored(String repository) {
        HttpResponse<byte[]> got = http.get("/v2/" + repository + "/blobs/" + DIGEST);
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo(BLOB);
        assertThat(header(got, "Docker-Content-Digest")).isEqualTo(DIGEST);
    }

    private void assertAbsent(String repository) {
        assertThat(http.get("/v2/" + repository + "/blobs/" + DIGEST).statusCode())
                .isEqualTo(404);
    }

    @Test
    void onePutStoresTheBlob() {
        HttpResponse<byte[]> put = http.send("PUT", begin("a/b") + "?digest=" + DIGEST, BLOB);

        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(header(put, "Location")).isEqualTo("/v2/a/b/blobs/" + DIGEST);
        assertStored("a/b");
        assertThat(storage.openUploads()).isZero();
    }

    @Test
    void onePostStoresTheBlob() {
        HttpResponse<byte[]> post = http.send("POST", "/v2/a/blobs/uploads/?digest=" + DIGEST, BLOB);

        assertThat(post.statusCode()).isEqualTo(201);
        assertStored("a");
    }

    @ParameterizedTest
    @EnumSource(Digest.Algorithm.class)
    void everyAlgorithmWorksWhetherAnnouncedOrNot(Digest.Algorithm algorithm) {
        String digest = algorithm.of(BLOB).toString();
        String announced =
                header(http.send("POST", "/v2/a/blobs/uploads/?digest-algorithm=" + algorithm.id()), "Location");

        assertThat(http.send("PUT", announced + "?digest=" + digest, BLOB).statusCode())
                .isEqualTo(201);
        assertThat(http.send("PUT", begin("b") + "?digest=" + digest, BLOB).statusCode())
                .isEqualTo(201);
        assertThat(http.get("/v2/a/blobs/" + digest).body()).isEqualTo(BLOB);
        assertThat(http.get("/v2/b/blobs/" + digest).body()).isEqualTo(BLOB);
    }

    @Nested
    class Chunked {
        @Test
        void chunksInOrderAreJoined() {
            String location = begin("a");
            HttpResponse<byte[]> first = chunk(location, 0, 70_000);
            HttpResponse<byte[]> second = chunk(header(first, "Location"), 70_000, BLOB.length);

            assertThat(first.statusCode()).isEqualTo(202);
            assertThat(header(first, "Range")).isEqualTo("0-69999");
            assertThat(second.statusCode()).isEqualTo(202);
            assertThat(http.send("PUT", location + "?digest=" + DIGEST).statusCode())
                    .isEqualTo(201);
            assertStored("a");
        }

        @Test
        void theLastChunkMayComeWithThePut() {
            String location = begin("a");
            chunk(location, 0, 70_000);
            HttpResponse<byte[]> put = http.send(
                    "PUT",
                    location + "?digest=" + DIGEST,
                    Arrays.copyOfRange(BLOB, 70_000, BLOB.length),
                    "Content-Range",
                    "70000-199999");

            assertThat(put.statusCode()).isEqualTo(201);
            assertStored("a");
        }

        @Test
        void aChunkOutOfOrderIsRefusedAndTheUploadGoesOn() {
            String location = begin("a");
            assertThat(chunk(location, 70_000, BLOB.length).statusCode()).isEqualTo(416);
            chunk(location, 0, 70_000);
            HttpResponse<byte[]> again = chunk(location, 0, 70_000);
            HttpResponse<byte[]> wrongPut =
                    http.send("PUT", location + "?digest=" + DIGEST, new byte[] {1}, "Content-Range", "199999-199999");
            HttpResponse<byte[]> status = http.get(location + "?digest=" + DIGEST);

            assertThat(again.statusCode()).isEqualTo(416);
            assertThat(header(again, "Range")).isEqualTo("0-69999");
            assertThat(wrongPut.statusCode()).isEqualTo(416);
            assertThat(status.statusCode()).isEqualTo(204);
            assertThat(header(status, "Range")).isEqualTo("0-69999");
            chunk(location, 70_000, BLOB.length);
            assertThat(http.send("PUT", location + "?digest=" + DIGEST).statusCode())
                    .isEqualTo(201);
            assertStored("a");
        }

        @Test
        void aStreamWithoutRangeIsAppended() {
            String location = begin("a");
            assertThat(http.send("PATCH", location, BLOB).statusCode()).isEqualTo(202);
            assertThat(http.send("PUT", location + "?digest=" + DIGEST).statusCode())
                    .isEqualTo(201);
            assertStored("a");
        }

        @Test
        void aRangeThatDisagreesWithTheLengthIsRefused() {
            HttpResponse<byte[]> refused = http.send("PATCH", begin("a"), new byte[10], "Content-Range", "0-10");

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(new String(refused.body(), UTF_8)).contains("SIZE_INVALID");
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "5-2", "-5", "0-99999999999999999999"})
        void aMalformedRangeIsRefused(String range) {
            assertThat(http.send("PATCH", begin("a"), new byte[10], "Content-Range", range)
                            .statusCode())
                    .isEqualTo(416);
        }
    }

    @Test
    void aWrongDigestStoresNothingAndEndsTheUpload() {
        String location = begin("a");
        byte[] other = BLOB.clone();
        other[100] ^= 1;

        HttpResponse<byte[]> put = http.send("PUT", location + "?digest=" + DIGEST, other);

        assertThat(put.statusCode()).isEqualTo(400);
        assertThat(new String(put.body(), UTF_8)).contains("DIGEST_INVALID");
        assertAbsent("a");
        assertThat(http.get(location).statusCode()).isEqualTo(404);
        assertThat(storage.openUploads()).isZero();
    }

    @Test
    void aSinglePostWithAWrongDigestLeavesNoUpload() {
        assertThat(http.send("POST", "/v2/a/blobs/uploads/?digest=" + DIGEST, new byte[] {1})
                        .statusCode())
                .isEqualTo(400);
        assertThat(storage.openUploads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?digest=sha256:short", "?digest=md5:d41d8cd98f00b204e9800998ecf8427e"})
    void aPutNeedsAGoodDigest(String query) {
        assertThat(http.send("PUT", begin("a") + query, BLOB).statusCode()).isEqualTo(400);
    }

    @Test
    void anUploadIsCancelled() {
        String location = begin("a");
        assertThat(http.send("DELETE", location).statusCode()).isEqualTo(204);
        assertThat(http.send("PATCH", location, BLOB).statusCode()).isEqualTo(404);
    }

    @Test
    void anotherRepositoryDoesNotSeeTheUpload() {
        String location = begin("a");
        assertThat(http.get(location.replace("/v2/a/", "/v2/b/")).statusCode()).isEqualTo(404);
    }

    @Nested
    class Mount {
        @BeforeEach
        void source() {
            http.send("POST", "/v2/source/blobs/uploads/?digest=" + DIGEST, BLOB);
        }

        @Test
        void fromARepositoryThatHasIt() {
            HttpResponse<byte[]> mount =
                    http.send("POST", "/v2/target/blobs/uploads/?mount=" + DIGEST + "&from=source");

            assertThat(mount.statusCode()).isEqualTo(201);
            assertThat(header(mount, "Location")).isEqualTo("/v2/target/blobs/" + DIGEST);
            assertStored("target");
        }

        @Test
        void fromAnywhereWhenNoRepositoryIsNamed() {
            assertThat(http.send("POST", "/v2/target/blobs/uploads/?mount=" + DIGEST)
                            .statusCode())
                    .isEqualTo(201);
            assertStored("target");
        }

        @ParameterizedTest
        @ValueSource(strings = {"other", "NOT/a/name", "../source"})
        void fromARepositoryThatLacksItBecomesAnUpload(String from) {
            HttpResponse<byte[]> mount =
                    http.send("POST", "/v2/target/blobs/uploads/?mount=" + DIGEST + "&from=" + from);

            assertThat(mount.statusCode()).isEqualTo(202);
            assertThat(http.send("PUT", header(mount, "Location") + "?digest=" + DIGEST, BLOB)
                            .statusCode())
                    .isEqualTo(201);
            assertStored("target");
        }
    }
}
