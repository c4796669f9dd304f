/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.registry.auth.CredentialProvider;
import io.github.cnab4j.registry.auth.TokenServices;
import io.github.cnab4j.registry.endpoint.AccessCheck;
import io.github.cnab4j.registry.endpoint.EndpointCaller;
import io.github.cnab4j.registry.http.HttpTransport;
import io.github.cnab4j.registry.http.LoggingTransport;
import io.github.cnab4j.registry.http.Origin;
import io.github.cnab4j.registry.http.TlsContexts;
import io.github.cnab4j.registry.http.TransportOptions;
import io.github.cnab4j.registry.http.Transports;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.WaitClock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Access to registries: holds the pool of connections, the tokens, and what was learnt about each registry. One client serves a
 * whole program; building one asks nothing of any network. Safe for use by several threads.
 */
public final class RegistryClient implements AutoCloseable {
    private final HttpTransport base;
    private final CredentialProvider credentials;
    private final TokenServices tokenServices;
    private final Set<String> insecureHosts;
    private final int manifestLimit;
    private final long chunkSize;
    private final WaitClock clock;
    private final DoubleSupplier random;
    private final Map<String, RegistryHost> hosts = new ConcurrentHashMap<>();

    private RegistryClient(Builder options) {
        this.credentials = options.credentials;
        this.tokenServices = options.tokenServices;
        this.insecureHosts = Set.copyOf(options.insecureHosts);
        this.manifestLimit = options.manifestLimit;
        this.chunkSize = options.chunkSize;
        this.clock = options.clock;
        this.random = options.random;
        Set<Origin> unverified = insecureHosts.stream()
                .map(host -> HostRule.origin("https", host))
                .collect(Collectors.toUnmodifiableSet());
        this.base = new LoggingTransport(Transports.pooled(new TransportOptions(
                options.connectTimeout,
                options.idleTimeout,
                options.connectionsPerHost,
                userAgent(),
                tls(options.tls, options.sslContext),
                unverified::contains,
                options.proxies.choice())));
    }

    /** Options for a client. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Asks a registry whether it takes the credentials that we have for it.
     *
     * @param host the registry as references name it
     * @throws InvalidInputException if it cannot be a host
     * @throws AccessDeniedException if it does not
     * @throws StoreException if it cannot be asked
     */
    public void checkAccess(CallScope scope, String host) {
        EndpointCaller.Place registry = host(host).connect(scope);
        registry.caller().call(scope.operation(), new AccessCheck(registry.origin(), host));
    }

    /**
     * A repository as a store; nothing is asked of the registry yet. Closing the store is not needed.
     *
     * @throws InvalidInputException if the repository's host cannot be one
     */
    public RegistryStore store(Repository repository) {
        return new RegistryStore(host(repository), repository, manifestLimit, chunkSize, false);
    }

    /**
     * {@link #store(Repository)} for a repository that will be pushed to: where the registry wants tokens, the first one allows
     * it, so that no second one has to be fetched.
     *
     * @throws InvalidInputException if the repository's host cannot be one
     */
    public RegistryStore target(Repository repository) {
        return new RegistryStore(host(repository), repository, manifestLimit, chunkSize, true);
    }

    private RegistryHost host(Repository repository) {
        return host(repository.domain());
    }

    private RegistryHost host(String domain) {
        return hosts.computeIfAbsent(
                domain,
                name -> new RegistryHost(
                        name, HostRule.mode(name, insecureHosts), base, credentials, tokenServices, clock, random));
    }

    /** Closes all connections; requests that are running fail. */
    @Override
    public void close() {
        base.close();
    }

    private static TlsContexts tls(TlsSettings settings, @Nullable SSLContext given) {
        if (given == null) {
            return settings.contexts();
        }
        // Who gives a context has decided on trust; on what goes without verification the user has.
        TlsContexts others = settings.contexts();
        return (origin, verified) -> verified ? given : others.context(origin, false);
    }

    private static String userAgent() {
        return "cnab4j/"
                + Optional.ofNullable(RegistryClient.class.getPackage().getImplementationVersion())
                        .orElse("dev");
    }

    /** Options for a client. Not safe for use by several threads. */
    public static final class Builder {
        private CredentialProvider credentials = CredentialProvider.anonymous();
        private TokenServices tokenServices = TokenServices.any();
        private final Set<String> insecureHosts = new LinkedHashSet<>();
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration idleTimeout = Duration.ofSeconds(60);
        private int connectionsPerHost = Integer.MAX_VALUE;
        private int manifestLimit = 4 << 20;
        private long chunkSize;
        private TlsSettings tls = TlsSettings.ofJava();
        private ProxySettings proxies = ProxySettings.none();
        private @Nullable SSLContext sslContext;
        private WaitClock clock = WaitClock.system();
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

        private Builder() {}

        /** Where credentials come from; anonymous by default. */
        public Builder credentials(CredentialProvider provider) {
            this.credentials = provider;
            return this;
        }

        /** Which token services may be asked, where registries name one; any by default. */
        public Builder tokenServices(TokenServices services) {
            this.tokenServices = services;
            return this;
        }

        /**
         * Registries, each written exactly as in references (a name or an address, with its port if it has one), that are spoken to in TLS without
         * verification or, where they do not answer that, in plain http. Only those named are.
         */
        public Builder insecureHosts(Collection<String> hosts) {
            insecureHosts.addAll(hosts);
            return this;
        }

        /** How long to wait for a connection; 10 seconds by default. */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = positive(timeout, "connect timeout");
            return this;
        }

        /** How long to wait for the next byte of an answer; 60 seconds by default. */
        public Builder idleTimeout(Duration timeout) {
            this.idleTimeout = positive(timeout, "idle timeout");
            return this;
        }

        /**
         * The most connections to one host at a time; by default there are as many as requests in flight. A push whose source is
         * the same registry holds two of them: with fewer than twice the pushes at a time they wait for each other for ever.
         */
        public Builder connectionsPerHost(int connections) {
            this.connectionsPerHost = (int) positive(connections, "number of connections");
            return this;
        }

        /** The most bytes that a manifest may have; 4 MiB by default, which is what registries take. */
        public Builder manifestLimit(int bytes) {
            this.manifestLimit = (int) positive(bytes, "manifest limit");
            return this;
        }

        /** Uploads blobs that are larger than this in parts of this many bytes; by default each blob goes in one request. */
        public Builder chunkSize(long bytes) {
            this.chunkSize = positive(bytes, "chunk size");
            return this;
        }

        /** Trust and keys for TLS; the Java runtime's own by default. */
        public Builder tls(TlsSettings settings) {
            this.tls = settings;
            return this;
        }

        /** Which requests go through a proxy; none by default. */
        public Builder proxies(ProxySettings settings) {
            this.proxies = settings;
            return this;
        }

        /** Trust and keys for TLS, ready made; what {@link #tls} says of trust does not count then. */
        public Builder sslContext(SSLContext context) {
            this.sslContext = context;
            return this;
        }

        /**
         * What waits are measured by and spread with: the machine's clock and chance by default; for tests.
         *
         * @param numbers gives numbers from 0 to 1
         */
        public Builder time(WaitClock waitClock, DoubleSupplier numbers) {
            this.clock = waitClock;
            this.random = numbers;
            return this;
        }

        /**
         * The client.
         *
         * @throws InvalidInputException if an insecure host cannot be a host
         */
        public RegistryClient build() {
            return new RegistryClient(this);
        }

        private static Duration positive(Duration value, String what) {
            positive(value.isZero() ? 0 : value.isNegative() ? -1 : 1, what);
            return value;
        }

        private static long positive(long value, String what) {
            if (value <= 0) {
                throw new InvalidInputException(ErrorCode.INVALID_OPTION, "the " + what + " must be above zero");
            }
            return value;
        }
    }
}
