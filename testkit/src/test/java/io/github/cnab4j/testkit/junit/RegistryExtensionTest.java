/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cnab4j.testkit.Http;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestMethodOrder(MethodOrderer.MethodName.class)
class RegistryExtensionTest {
    private static final List<TestRegistry> SEEN = new ArrayList<>();

    @RegisterExtension
    static final RegistryExtension CLOSED_TO_STRANGERS =
            RegistryExtension.with(registry -> registry.access(Access.basic(Account.of("a", "b"))));

    @Test
    void aRegistryIsGivenAsParameterAndField(TestRegistry registry) {
        assertThat(registry).isSameAs(CLOSED_TO_STRANGERS.registry());
        assertThat(new Http(registry).get("/v2/").statusCode()).isEqualTo(401);
        SEEN.add(registry);
    }

    @Test
    void bRegistryOfTheTestBeforeIsClosed(TestRegistry registry) {
        assertThat(SEEN).hasSize(1).doesNotContain(registry);
        Http before = new Http(SEEN.get(0));
        assertThatThrownBy(() -> before.trySend("GET", "/v2/", new byte[0])).isInstanceOf(IOException.class);
    }

    @AfterAll
    static void forget() {
        SEEN.clear();
    }
}
