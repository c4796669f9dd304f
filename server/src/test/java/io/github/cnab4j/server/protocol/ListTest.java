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
import org.junit.jupiter.params.provider.ValueSource;

class ListTest {
    private RegistryServer server;
    private HttpCalls http;

    @BeforeEach
    void start() throws IOException {
        server = RegistryServer.of(new MemoryStorage()).start();
        http = new HttpCalls(server.address());
        for (String repository : new String[] {"z", "b/c", "a"}) {
            for (String tag : new String[] {"2", "10", "B", "a", "1"}) {
                http.send(
                        "PUT", "/v2/" + repository + "/manifests/" + tag, "{}".getBytes(UTF_8), "Content-Type", "x/y");
            }
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v2/a/tags/list | \"1\",\"10\",\"2\",\"B\",\"a\" | ''",
                "/v2/a/tags/list?n=2 | \"1\",\"10\" | </v2/a/tags/list?n=2&last=10>; rel=\"next\"",
                "/v2/a/tags/list?n=2&last=10 | \"2\",\"B\" | </v2/a/tags/list?n=2&last=B>; rel=\"next\"",
                "/v2/a/tags/list?n=2&last=B | \"a\" | ''",
                "/v2/a/tags/list?last=2 | \"B\",\"a\" | ''",
                "/v2/a/tags/list?last=3 | \"B\",\"a\" | ''",
                "/v2/a/tags/list?n=0 | '' | ''",
                "/v2/_catalog | \"a\",\"b/c\",\"z\" | ''",
                "/v2/_catalog?n=2 | \"a\",\"b/c\" | </v2/_catalog?n=2&last=b%2Fc>; rel=\"next\"",
                "/v2/_catalog?n=2&last=b%2Fc | \"z\" | ''"
            })
    void pagesAreSortedAndLinked(String target, String names, String link) {
        HttpResponse<byte[]> list = http.get(target);

        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(new String(list.body(), UTF_8)).endsWith(":[" + names + "]}");
        assertThat(header(list, "Link")).isEqualTo(link);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "99999999999"})
    void aPageSizeThatIsNoneIsRefused(String n) {
        assertThat(http.get("/v2/a/tags/list?n=" + n).statusCode()).isEqualTo(400);
    }

    @Test
    void aRepositoryThatNeverHeldAnythingIsUnknown() {
        http.send("POST", "/v2/only/started/blobs/uploads/");
        HttpResponse<byte[]> list = http.get("/v2/only/started/tags/list");

        assertThat(list.statusCode()).isEqualTo(404);
        assertThat(new String(list.body(), UTF_8)).contains("NAME_UNKNOWN");
    }
}
