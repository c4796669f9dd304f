/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import static io.github.cnab4j.server.HttpCalls.header;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobReadTest {
    private static final int SIZE = 50_000;

    private final byte[] blob = new byte[SIZE];
    private RegistryServer server;
    private HttpCalls http;
    private String url;

    @BeforeEach
    void start() throws IOException {
        new Random(2).nextBytes(blob);
        server = RegistryServer.of(new MemoryStorage()).start();
        http = new HttpCalls(server.address());
        url = "/v2/a/blobs/" + Digest.Algorithm.SHA256.of(blob);
        http.send("POST", "/v2/a/blobs/uploads/?digest=" + Digest.Algorithm.SHA256.of(blob), blob);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void headTellsTheSizeWithoutContent() {
        HttpResponse<byte[]> head = http.send("HEAD", url);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Length")).isEqualTo("50000");
        assertThat(header(head, "Docker-Content-Digest"))
                .isEqualTo(Digest.Algorithm.SHA256.of(blob).toString());
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=500-1499, 500, 1500",
        "bytes=500-, 500, 50000",
        "bytes=-500, 49500, 50000",
        "bytes=0-0, 0, 1",
        "bytes=49999-70000, 49999, 50000",
        "bytes=16384-40000, 16384, 40001",
        "bytes=-70000, 0, 50000"
    })
    void aRangeGivesThatPart(String range, int from, int to) {
        HttpResponse<byte[]> part = http.get(url, "Range", range);

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(blob, from, to));
        assertThat(header(part, "Content-Range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/50000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=50000-", "bytes=60000-70000", "bytes=500-0", "bytes=-0"})
    void aRangeOutsideIsRefused(String range) {
        HttpResponse<byte[]> refused = http.get(url, "Range", range);

        assertThat(refused.statusCode()).isEqualTo(416);
        assertThat(header(refused, "Content-Range")).isEqualTo("bytes */50000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lines=1-2", "bytes=0-1,4-5", "bytes=x", "bytes=-", "bytes=0-99999999999999999999"})
    void aRangeThatIsNotUnderstoodGivesTheWhole(String range) {
        HttpResponse<byte[]> whole = http.get(url, "Range", range);

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(blob);
    }

    @Test
    void aDeletedBlobIsGone() {
        assertThat(http.send("DELETE", url).statusCode()).isEqualTo(202);
        assertThat(http.send("HEAD", url).statusCode()).isEqualTo(404);
        assertThat(http.send("DELETE", url).statusCode()).isEqualTo(404);
    }

    @Test
    void aBlobOfAnotherRepositoryIsNotShown() {
        assertThat(http.get(url.replace("/v2/a/", "/v2/b/")).statusCode()).isEqualTo(404);
    }

    @Test
    void anEmptyBlobIsABlob() {
        String digest = Digest.Algorithm.SHA256.of(new byte[0]).toString();
        http.send("PUT", header(http.send("POST", "/v2/a/blobs/uploads/"), "Location") + "?digest=" + digest);

        HttpResponse<byte[]> got = http.get("/v2/a/blobs/" + digest);
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(header(got, "Content-Length")).isEqualTo("0");
    }
}
