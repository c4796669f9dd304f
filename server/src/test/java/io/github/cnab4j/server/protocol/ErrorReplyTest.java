/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import static io.github.cnab4j.server.HttpCalls.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.server.HttpCalls;
import io.github.cnab4j.server.RegistryServer;
import io.github.cnab4j.server.storage.MemoryStorage;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorReplyTest {
    private static final String ZEROS = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    private RegistryServer server;
    private HttpCalls http;

    @BeforeEach
    void start() throws IOException {
        server = RegistryServer.of(new MemoryStorage())
                .api(ApiOptions.standard().withAllowDelete(false))
                .start();
        http = new HttpCalls(server.address());
        http.send("PUT", "/v2/a/manifests/1.0", "{}".getBytes(UTF_8), "Content-Type", "x/y");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/a/blobs/" + ZEROS + ", 404, BLOB_UNKNOWN",
        "GET, /v2/a/blobs/sha256:x, 400, DIGEST_INVALID",
        "GET, /v2/b/blobs/" + ZEROS + ", 404, NAME_UNKNOWN",
        "GET, /v2/A/blobs/" + ZEROS + ", 400, NAME_INVALID",
        "GET, /v2/a//b/manifests/x, 400, NAME_INVALID",
        "GET, /v2/../a/manifests/x, 400, NAME_INVALID",
        "GET, /v2/a/manifests/x, 404, MANIFEST_UNKNOWN",
        "GET, /v2/a/blobs/uploads/x, 404, BLOB_UPLOAD_UNKNOWN",
        "POST, /v2/a/blobs/uploads/?mount=x, 400, DIGEST_INVALID",
        "POST, /v2/a/blobs/uploads/?digest-algorithm=md5, 400, DIGEST_INVALID",
        "DELETE, /v2/a/manifests/1.0, 405, UNSUPPORTED",
        "DELETE, /v2/a/blobs/" + ZEROS + ", 405, UNSUPPORTED",
        "GET, /v2/a, 404, UNSUPPORTED"
    })
    void anErrorHasACodeInJson(String method, String target, int status, String code) {
        HttpResponse<byte[]> error = http.send(method, target);

        assertThat(error.statusCode()).isEqualTo(status);
        assertThat(header(error, "Content-Type")).isEqualTo("application/json");
        assertThat(new String(error.body(), UTF_8)).startsWith("{\"errors\":[{\"code\":\"" + code + "\"");
    }

    @Test
    void aMethodThatIsNotAllowedIsToldWhichAre() {
        HttpResponse<byte[]> error = http.send("POST", "/v2/a/manifests/1.0");

        assertThat(error.statusCode()).isEqualTo(405);
        assertThat(header(error, "Allow")).isEqualTo("DELETE, GET, HEAD, PUT");
    }
}
