/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import io.github.cnab4j.testkit.tls.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Habits of registries in lists and connections, by the numbers of {@code docs/reference/registry-quirks.md}. */
@Timeout(60)
class ConnectionQuirksTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final TestContent LAYER = TestContent.random(1, 30_000);
    private static final TestContent MANIFEST = TestContent.manifest(LAYER);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
    }

    private TestRegistry start(TestRegistry.Builder options) {
        TestRegistry registry = options.start();
        open.add(registry);
        registry.repository("app").putBlob(LAYER.bytes());
        registry.repository("app").putBlob(TestContent.config().bytes());
        registry.repository("app").putManifest(MANIFEST.descriptor().mediaType().value(), MANIFEST.bytes(), "1.0");
        return registry;
    }

    private RegistryStore target(TestRegistry registry, RegistryClient.Builder options) {
        RegistryClient client = options.time(new FakeClock(), () -> 1).build();
        open.add(0, client);
        return client.target(new Repository(registry.host(), "app"));
    }

    @Test
    void q75_pagesAreNotAskedForLargerThanRegistriesGiveThem() {
        TestRegistry registry = start(TestRegistry.builder());
        registry.inject(
                RequestPattern.of(Kind.TAGS)
                        .and(request -> request.query()
                                        .first("n")
                                        .map(Integer::parseInt)
                                        .orElse(0)
                                > 1000),
                Fault.status(400));
        List<String> tags = IntStream.range(0, 1500)
                .mapToObj(i -> String.format("t%04d", i))
                .toList();
        registry.repository("app")
                .putManifest(MANIFEST.descriptor().mediaType().value(), MANIFEST.bytes(), tags.toArray(String[]::new));

        assertThat(target(registry, RegistryClient.builder()).tags(SCOPE)).containsAll(tags);
        assertThat(registry.log().count(Kind.TAGS)).isEqualTo(2);
    }

    @Test
    void q77_registryThatOnlyReads_isNamedAsOne() {
        TestRegistry registry = start(TestRegistry.builder());
        registry.inject(
                RequestPattern.any().and(request -> !Set.of("GET", "HEAD").contains(request.method())),
                Fault.status(405));
        TestContent other = TestContent.random(2, 300_000);

        RejectedException refused = catchThrowableOfType(
                RejectedException.class,
                () -> target(registry, RegistryClient.builder())
                        .push(SCOPE, other.descriptor(), other.source(), PushHints.NONE));

        assertThat(refused).hasMessageContaining(registry.host());
        assertThat(refused.hint().orElseThrow()).contains("read-only");
        assertThat(registry.log().counts()).hasToString("{HEAD BLOB=1, POST UPLOAD=1}");
    }

    @Test
    void q78_registryThatSendsToHttps_isFollowed_withoutThePassword() throws Exception {
        TestRegistry encrypted =
                start(TestRegistry.builder().tls(SelfSigned.create().serverContext()));
        TestRegistry registry = start(TestRegistry.builder().access(Access.basic(Account.of("ann", "secret"))));
        registry.inject(
                RequestPattern.of("HEAD").and(request -> request.headers().contains("Authorization")),
                Fault.redirect(301, encrypted.uri() + "/v2/app/manifests/1.0"));
        RegistryStore store = target(
                registry,
                RegistryClient.builder()
                        .credentials((host, repository) -> Optional.of(new Credential.Basic("ann", "secret")))
                        .insecureHosts(Set.of(registry.host(), encrypted.host())));

        assertThat(store.resolve(SCOPE, "1.0")).isEqualTo(MANIFEST.descriptor());
        assertThat(encrypted.log().requests())
                .hasSize(1)
                .allMatch(request -> request.authorization().isEmpty());
    }

    @Test
    void q79_portThatDoesNotSpeakTls_isTriedOnce() throws Exception {
        TestRegistry registry = start(TestRegistry.builder());
        AtomicInteger hellos = new AtomicInteger();
        try (ServerSocket front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread relay = new Thread(() -> relay(front, registry, hellos));
            relay.setDaemon(true);
            relay.start();
            String host = "127.0.0.1:" + front.getLocalPort();
            RegistryClient client = RegistryClient.builder()
                    .insecureHosts(Set.of(host))
                    .time(new FakeClock(), () -> 1)
                    .build();
            open.add(0, client);

            for (int i = 0; i < 3; i++) {
                assertThat(client.store(new Repository(host, "app")).resolve(SCOPE, "1.0"))
                        .isEqualTo(MANIFEST.descriptor());
            }
        }

        assertThat(hellos).hasValue(1);
    }

    /** Counts those who begin with a TLS handshake and hangs up on them; lets the others through. */
    private static void relay(ServerSocket front, TestRegistry registry, AtomicInteger hellos) {
        try {
            while (true) {
                Socket client = front.accept();
                Thread connection = new Thread(() -> pass(client, registry, hellos));
                connection.setDaemon(true);
                connection.start();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void pass(Socket client, TestRegistry registry, AtomicInteger hellos) {
        try (client) {
            int first = client.getInputStream().read();
            if (first == 0x16) {
                hellos.incrementAndGet();
                return;
            }
            try (Socket behind = new Socket("127.0.0.1", registry.uri().getPort())) {
                behind.getOutputStream().write(first);
                Thread back = new Thread(() -> copy(behind, client));
                back.setDaemon(true);
                back.start();
                client.getInputStream().transferTo(behind.getOutputStream());
            }
        } catch (IOException closed) {
            // Connections end in any way that their ends like.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // As above.
        }
    }
}
