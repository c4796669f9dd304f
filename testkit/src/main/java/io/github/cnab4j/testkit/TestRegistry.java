/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit;

import io.github.cnab4j.server.RegistryServer;
import io.github.cnab4j.server.http.ListenerOptions;
import io.github.cnab4j.server.protocol.ApiOptions;
import io.github.cnab4j.server.storage.MemoryStorage;
import io.github.cnab4j.server.storage.RepositoryName;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.FaultInjector;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.Quirk;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.Content;
import io.github.cnab4j.testkit.generate.Generated;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.log.RequestLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * A registry on a free port of 127.0.0.1, with its content in memory. A request passes the log, then the faults, then
 * the authentication, then the distribution API. Thread-safe.
 */
public final class TestRegistry implements AutoCloseable {
    private static final Duration CLOSE_GRACE = Duration.ofMillis(200);

    private final MemoryStorage storage = new MemoryStorage();
    private final RequestLog log = new RequestLog();
    private final FaultInjector faults = new FaultInjector();
    private final boolean tls;
    private final RegistryServer server;

    private TestRegistry(Builder options) {
        this.tls = options.listener.tls() != null;
        try {
            this.server = RegistryServer.of(storage)
                    .listener(options.listener)
                    .api(options.api)
                    .intercept(log.recorder())
                    .intercept(faults)
                    .intercept(options.access.guard())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A registry open to everyone. */
    public static TestRegistry start() {
        return builder().start();
    }

    /** Options for a registry. */
    public static Builder builder() {
        return new Builder();
    }

    /** The host and port as references have them, {@code 127.0.0.1:PORT}; {@code [::1]:PORT} where it listens there. */
    public String host() {
        InetAddress address = server.address().getAddress();
        String name = address.getHostAddress();
        boolean six = address instanceof Inet6Address;
        // Java writes no zeros together, and references have the address as people write it.
        return (six && address.isLoopbackAddress() ? "[::1]" : six ? "[" + name + "]" : name) + ":" + port();
    }

    /** The port alone, for the other names of 127.0.0.1. */
    public int port() {
        return server.address().getPort();
    }

    /** Where it is, without a path. */
    public URI uri() {
        return URI.create((tls ? "https://" : "http://") + host());
    }

    /** The content of a repository, which need not exist. */
    public TestRepository repository(String name) {
        return new TestRepository(storage, name);
    }

    /** The names of all repositories that hold or have held content, sorted. */
    public List<String> repositories() {
        return storage.repositories(null, Integer.MAX_VALUE).stream()
                .map(RepositoryName::value)
                .toList();
    }

    /** Uploads that were begun and neither finished nor cancelled. */
    public int openUploads() {
        return storage.openUploads();
    }

    /** Connections that clients have open. */
    public int openConnections() {
        return server.openConnections();
    }

    /** What it was asked. */
    public RequestLog log() {
        return log;
    }

    /** Puts generated content, everything below it included, into a repository; returns its digest. */
    public String load(String repository, Generated content, String... tags) {
        TestRepository target = repository(repository);
        content.blobs().forEach(blob -> target.putBlob(blob.bytes()));
        for (Content manifest : content.manifests()) {
            target.putManifest(manifest.mediaType(), manifest.bytes());
        }
        return target.putManifest(content.mediaType(), content.manifest().bytes(), tags);
    }

    /** Puts the images of a bundle where the bundle says they are. */
    public void load(GeneratedBundle bundle) {
        bundle.images().forEach(image -> load(image.repository(), image.content(), image.tag()));
    }

    /** Lets a fault strike all requests that match. */
    public InjectedFault inject(RequestPattern pattern, Fault fault) {
        return inject(pattern, Occurrence.always(), fault);
    }

    /** Lets a fault strike some of the requests that match. */
    public InjectedFault inject(RequestPattern pattern, Occurrence occurrence, Fault fault) {
        return faults.inject(pattern, occurrence, fault);
    }

    /** Gives it a habit of other registries. */
    public InjectedFault with(Quirk quirk) {
        return inject(quirk.pattern(), quirk.fault());
    }

    /** Gives one of its repositories a habit of other registries. */
    public InjectedFault with(Quirk quirk, String repository) {
        return inject(quirk.pattern().repository(repository), quirk.fault());
    }

    /** Takes one fault back. */
    public void remove(InjectedFault fault) {
        faults.remove(fault);
    }

    /** Takes all faults back. */
    public void clearFaults() {
        faults.clear();
    }

    /** Stops it; requests in flight are broken. */
    @Override
    public void close() {
        server.close(CLOSE_GRACE);
    }

    /** Options for a registry. Not thread-safe. */
    public static final class Builder {
        private ListenerOptions listener = ListenerOptions.loopback();
        private ApiOptions api = ApiOptions.standard();
        private Access access = Access.anonymous();

        private Builder() {}

        /** Who may talk to it. */
        public Builder access(Access who) {
            this.access = who;
            return this;
        }

        /** What its API allows. */
        public Builder api(UnaryOperator<ApiOptions> change) {
            this.api = change.apply(api);
            return this;
        }

        /** HTTPS with this context. */
        public Builder tls(SSLContext context) {
            this.listener = listener.withTls(context);
            return this;
        }

        /** HTTPS with this context, for clients that show a certificate which the context trusts. */
        public Builder clientCertificates(SSLContext context) {
            this.listener = listener.withClientCertificates(context);
            return this;
        }

        /** Limits of its connections. */
        public Builder listener(UnaryOperator<ListenerOptions> change) {
            this.listener = change.apply(listener);
            return this;
        }

        /** Starts it. */
        public TestRegistry start() {
            return new TestRegistry(this);
        }
    }
}
