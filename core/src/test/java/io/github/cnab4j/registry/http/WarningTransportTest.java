/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.FakeClock;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarningTransportTest {
    private static final Origin REGISTRY = new Origin("https", "registry.example", 443);

    /** Text as long as the field may be: reading it must not take a part of the stack for each character. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "\\\\", "x\\\""})
    void longWarning_doesNotCostTheRequest(String part) throws IOException {
        ScriptedTransport registry = new ScriptedTransport(new FakeClock());
        HttpTransport transport = new WarningTransport(registry, "registry.example", REGISTRY);
        HttpCall call = HttpCall.of("GET", HttpUrl.of(REGISTRY, "/v2/"));
        String text = part.repeat(8000 / part.length());
        registry.then(200, "Warning", "299 - \"" + text + "\"");

        try (HttpReply reply = transport.execute(CallScope.unbounded(), call)) {
            assertThat(reply.status()).isEqualTo(200);
        }
    }
}
