/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.registry.endpoint.RepositoryRoute;
import io.github.cnab4j.registry.endpoint.UploadPatch;
import io.github.cnab4j.registry.endpoint.UploadSession;
import io.github.cnab4j.store.FakeClock;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What an answer in the middle of an upload changes of what is known of it. */
class UploadAnswerTest {
    private static final Origin STORAGE = new Origin("https", "storage.example", 443);

    private final ScriptedTransport storage = new ScriptedTransport(new FakeClock());

    @Test
    void uploadThatMustGoToAPublicAddress_mustAlsoAfterwards_andItsLeastPartStays() throws IOException {
        UploadSession session = new UploadSession(HttpUrl.of(STORAGE, "/one"), true, 5_000_000);
        HttpBody body = HttpBody.ofBytes(new byte[1]);
        RepositoryRoute route = new RepositoryRoute(STORAGE, "app", "app");
        UploadPatch patch = new UploadPatch(route, session, "sha256:0", body, 0, false);

        UploadSession next = patch.answer(storage.reply(patch.call(), 202, "", "Location", "/two"))
                .session();

        assertThat(next).isEqualTo(new UploadSession(HttpUrl.of(STORAGE, "/two"), true, 5_000_000));
    }
}
