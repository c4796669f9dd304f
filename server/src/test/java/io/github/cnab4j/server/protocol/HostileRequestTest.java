/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.server.RegistryServer;
import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.MemoryStorage;
import io.github.cnab4j.server.storage.RepositoryName;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends: a refusal in the registry's words or a closed connection, nothing stored, nothing told. */
class HostileRequestTest {
    private static final String ZEROS = "0".repeat(64);

    private final MemoryStorage storage = new MemoryStorage();
    private RegistryServer server;

    @BeforeEach
    void start() throws IOException {
        server = RegistryServer.of(storage).start();
    }

    @AfterEach
    void stop() {
        server.close(Duration.ZERO);
    }

    /** Everything the server says to this and then the end of the stream. */
    private String answer(String request) throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }

    private void assertRefused(String request) throws IOException {
        assertRefusedOrClosed(request);
        assertThat(answer(request)).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
    }

    /** A request whose end nobody can know has no answer that its client would understand. */
    private void assertRefusedOrClosed(String request) throws IOException {
        String answer = answer(request);
        assertThat(answer).matches("(?s)(HTTP/1\\.1 4\\d\\d .*)?");
        assertThat(answer).doesNotContain("Exception", "\tat ", "java.");
        assertThat(storage.repositories(null, 10)).isEmpty();
        assertThat(answer("GET /v2/ HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/../../etc/passwd/manifests/x",
                "/v2/..%2f..%2fetc/manifests/x",
                "/v2/%2e%2e/%2e%2e/manifests/x",
                "/v2/a/../b/manifests/x",
                "/v2/a/./b/manifests/x",
                "/v2//etc/manifests/x",
                "/v2/a\\..\\b/manifests/x",
                "/v2/a%5c..%5cb/manifests/x",
                "/v2/a%00b/manifests/x",
                "/v2/C:/manifests/x",
                "/v2/a/manifests/..",
                "/v2/a/manifests/.%2e",
                "/v2/a/manifests/%00",
                "/v2/a/manifests/sha256:../../../../etc/passwd",
                "/v2/a/manifests/sha256%3A..%2F..%2Fx",
                "/v2/a/manifests/x%0d%0aSet-Cookie:%20a=b",
                "/v2/\u00e9/manifests/x",
                "/v2/_catalog/manifests/x",
                "*",
                "v2/a/manifests/x"
            })
    void aNameThatLeadsElsewhere(String path) throws IOException {
        String image = "{\"schemaVersion\":2}";
        assertRefused("PUT " + path + " HTTP/1.1\r\nHost: h\r\nContent-Type: x/y\r\nContent-Length: " + image.length()
                + "\r\n\r\n" + image);
    }

    @Test
    void aNameThatIsTooLong() throws IOException {
        assertRefused(
                "PUT /v2/" + "a/".repeat(5_000) + "manifests/x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}");
        assertRefused("GET /v2/" + "a".repeat(40_000) + "/manifests/x HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\nabc\r\n0\r\n\r\n",
                "-1\r\nabc\r\n0\r\n\r\n",
                "ffffffffffffffff\r\nabc",
                "7fffffffffffffff\r\nabc",
                "3\r\nabcdef\r\n0\r\n\r\n",
                "3\r\nab",
                "3",
                ""
            })
    void aChunkedBodyThatIsBroken(String body) throws IOException {
        assertRefusedOrClosed("POST /v2/a/blobs/uploads/?digest=sha256:" + ZEROS
                + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
        assertThat(storage.openUploads()).isZero();
    }

    @Test
    void anEndlessTrailer() throws IOException {
        assertRefusedOrClosed("POST /v2/a/blobs/uploads/?digest=sha256:" + ZEROS
                + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + "T: x\r\n".repeat(100_000));
    }

    @Test
    void aBodyThatIsShorterThanAnnounced() throws IOException {
        String blob = "abc";
        Digest digest = Digest.Algorithm.SHA256.of(blob.getBytes(ISO_8859_1));
        assertRefusedOrClosed("POST /v2/a/blobs/uploads/?digest=" + digest
                + " HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n" + blob);
        assertThat(storage.blobs(new RepositoryName("a"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_000_000})
    void aManifestNestedTooDeep(int depth) throws IOException {
        String manifest = "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
        assertRefused("PUT /v2/a/manifests/x HTTP/1.1\r\nHost: h\r\nContent-Type: x/y\r\nContent-Length: "
                + manifest.length() + "\r\n\r\n" + manifest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"config\":{\"size\":99999999999999999999999,\"digest\":\"sha256:\"}}",
                "{\"layers\":[{\"digest\":\"sha256:../../../x\"}]}",
                "{\"manifests\":[{\"digest\":\"\"}]}",
                "{\"manifests\":[[]]}",
                "{\"mediaType\":7}",
                "{\"subject\":{\"digest\":\"x\"}}",
                "\u0000",
                "\u00ff\u00fe{}"
            })
    void aManifestWithMembersOfTheWrongKind(String manifest) throws IOException {
        assertRefused("PUT /v2/a/manifests/x HTTP/1.1\r\nHost: h\r\nContent-Type: x/y\r\nContent-Length: "
                + manifest.length() + "\r\n\r\n" + manifest);
    }

    @Test
    void textOfTheClientComesBackOnlyAsJson() throws IOException {
        String answer = answer("GET /v2/a/blobs/uploads/%22%3Cscript%3E HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(answer).contains("Content-Type: application/json").doesNotContain("<script>");
    }

    @Test
    void aRequestSmuggledInABodyIsNotServed() throws IOException {
        String answer = answer(
                "POST /v2/a/blobs/uploads/ HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "0\r\n\r\nGET /v2/_catalog HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("repositories");
    }
}
