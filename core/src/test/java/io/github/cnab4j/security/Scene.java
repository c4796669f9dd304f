/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.security;

import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.registry.RegistryClient;
import io.github.cnab4j.registry.RegistryStore;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.store.FakeClock;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The registries and clients of a test, closed after it; ann is known to those that want to know somebody. */
final class Scene implements AfterEachCallback {
    static final String SECRET = "pa55word-of-ann";
    static final Access BASIC = Access.basic(Account.of("ann", SECRET));
    static final Access TOKENS = Access.tokens(Account.of("ann", SECRET));
    static final TestContent LAYER = TestContent.random(1, 300_000);
    static final TestContent MANIFEST = TestContent.manifest(LAYER);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable resource : open) {
            resource.close();
        }
        open.clear();
    }

    TestRegistry registry(Access access) {
        return keep(TestRegistry.builder().access(access).start());
    }

    TestRegistry registry() {
        return registry(Access.anonymous());
    }

    TestRegistry tlsRegistry(Access access, SSLContext certificate) {
        return keep(TestRegistry.builder().access(access).tls(certificate).start());
    }

    /** A registry with an image in the repository {@code app} under the tag {@code 1.0}. */
    TestRegistry filled(Access access) {
        TestRegistry registry = registry(access);
        fill(registry);
        return registry;
    }

    static void fill(TestRegistry registry) {
        registry.repository("app").putBlob(LAYER.bytes());
        registry.repository("app").putBlob(TestContent.config().bytes());
        registry.repository("app").putManifest(MANIFEST.descriptor().mediaType().value(), MANIFEST.bytes(), "1.0");
    }

    /** Options of a client of ann's, whose waits take no time. */
    static RegistryClient.Builder ann() {
        return nobody().credentials((host, repository) -> Optional.of(new Credential.Basic("ann", SECRET)));
    }

    static RegistryClient.Builder nobody() {
        return RegistryClient.builder().time(new FakeClock(), () -> 1);
    }

    RegistryStore store(TestRegistry registry, RegistryClient.Builder options) {
        return store(registry.host(), options);
    }

    RegistryStore store(String host, RegistryClient.Builder options) {
        return keep(options.build()).target(new Repository(host, "app"));
    }

    /** The registry under a name that TLS is spoken to without being told: {@code localhost} would be plain. */
    static String byName(TestRegistry registry) {
        return registry.host().replace("127.0.0.1", "LOCALHOST");
    }

    <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }
}
