/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserTest {
    private final Tally tally = new Tally();
    private final RequestParser parser = new RequestParser(tally, () -> {});

    private void take(String text) {
        parser.take(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aBodyThatLooksLikeARequestIsSteppedOver() {
        String body = "GET /v2/a/blobs/sha256:2 HTTP/1.1\r\nHost: in it\r\n\r\n";
        take("PUT /v2/a/blobs/uploads/id HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body
                + "GET /v2/a/tags/list HTTP/1.1\r\n\r\n");

        assertThat(tally.text()).isEqualTo("GET tags=1;PUT upload=1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void requestsAreFoundHoweverTheyAreCut(int piece) {
        String body = "x".repeat(100);
        String text = "POST /v2/a/blobs/uploads/?mount=sha256:1&from=b HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
                + "PUT /v2/a/manifests/v1 HTTP/1.1\r\nContent-Length: 100\r\n\r\n" + body
                + "GET /v2/ HTTP/1.1\r\n\r\n";
        for (int i = 0; i < text.length(); i += piece) {
            take(text.substring(i, Math.min(text.length(), i + piece)));
        }

        assertThat(tally.text()).isEqualTo("GET base=1;POST mount=1;PUT manifest=1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1000})
    void aChunkedBodyEndsWithItsTrailers(int piece) {
        String text = "PATCH /v2/a/blobs/uploads/id HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1A;name=value\r\nGET /v2/x HTTP/1.1\r\n\r\n1234\r\n"
                + "3\r\nabc\r\n0\r\nTrailer: value\r\n\r\n"
                + "HEAD /v2/a/blobs/sha256:1 HTTP/1.1\r\n\r\n";
        for (int i = 0; i < text.length(); i += piece) {
            take(text.substring(i, Math.min(text.length(), i + piece)));
        }

        assertThat(tally.text()).isEqualTo("HEAD blob=1;PATCH upload=1");
    }

    @Test
    void severalRequestsInOnePieceAreAllCounted() {
        take("HEAD /v2/a/b/manifests/v1 HTTP/1.1\r\nHost: registry.example\r\n\r\n"
                + "PUT /v2/a/blobs/uploads/id?digest=sha256:1 HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc"
                + "\r\nGET /v2/a/blobs/sha256:1 HTTP/1.1\r\n\r\n");

        assertThat(tally.text()).isEqualTo("GET blob=1;HEAD manifest=1;PUT upload=1");
    }

    @Test
    void aConnectionThatSpeaksTlsIsCountedAsThatOnce() {
        take("\u0016\u0003\u0001\u0002\n\u0000\u0001\n");
        take("GET /v2/ HTTP/1.1\r\n\r\n");

        assertThat(tally.text()).isEqualTo("other than HTTP=1");
    }

    @Test
    void aLineWithoutEndIsNotKeptForEver() {
        for (int i = 0; i < 70; i++) {
            take("x".repeat(1024));
        }

        assertThat(tally.text()).isEqualTo("other than HTTP=1");
    }

    @Test
    void aLengthThatIsNoNumberEndsTheCounting() {
        take("PUT /v2/a/manifests/v1 HTTP/1.1\r\nContent-Length: many\r\n\r\n");

        assertThat(tally.text()).contains("other than HTTP=1");
    }

    @Test
    void theBufferIsLeftAsItWas() {
        ByteBuffer bytes = ByteBuffer.wrap("GET /v2/ HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        parser.take(bytes);

        assertThat(bytes.position()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/, BASE",
        "/v2/a/b/blobs/sha256:1, BLOB",
        "/v2/a/blobs/uploads/, UPLOAD",
        "/v2/a/blobs/uploads/?mount=sha256:1&from=b, MOUNT",
        "/v2/a/blobs/uploads/?from=b&mount=sha256:1, MOUNT",
        "/v2/a/blobs/uploads/id?_state=x&digest=sha256:1, UPLOAD",
        "/v2/a/manifests/v1, MANIFEST",
        "/v2/a/tags/list?n=10, TAGS",
        "/v2/_catalog, OTHER",
        "/token?service=a, OTHER"
    })
    void requestsAreToldApartByTheirPath(String target, RequestKind kind) {
        assertThat(RequestKind.of(target)).isEqualTo(kind);
    }
}
