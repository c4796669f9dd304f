/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.docker.DockerEngine;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.registry.ProxySettings;
import io.github.cnab4j.registry.RegistryClient;
import io.github.cnab4j.registry.TlsSettings;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.registry.auth.CredentialProvider;
import io.github.cnab4j.registry.auth.DockerConfig;
import io.github.cnab4j.registry.auth.TokenServices;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.transfer.CopyOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link Remotes}. Not safe for use by several threads. */
public final class RemotesBuilder {
    private final Set<String> insecureRegistries = new LinkedHashSet<>();
    private DockerConfig dockerConfig = DockerConfig.empty();
    private CredentialProvider credentials = CredentialProvider.anonymous();
    private TokenServices tokenServices = TokenServices.any();
    private TlsSettings tls = TlsSettings.ofJava();
    private ProxySettings proxies = ProxySettings.none();
    private @Nullable SSLContext sslContext;
    private @Nullable Duration connectTimeout;
    private @Nullable Duration readTimeout;
    private CallScope scope = CallScope.unbounded();
    private CopyOptions copyOptions = CopyOptions.defaults();
    private Consumer<? super Warning> warningListener = warning -> {};
    private @Nullable Stores stores;
    private @Nullable DockerEngine engine;

    RemotesBuilder() {}

    /** Where credentials are found that {@link #credentials} does not give; what is wrong with it is a warning. */
    public RemotesBuilder dockerConfig(DockerConfig config) {
        this.dockerConfig = config;
        return this;
    }

    /** Credentials that come before those of {@link #dockerConfig}. */
    public RemotesBuilder credentials(CredentialProvider provider) {
        this.credentials = provider;
        return this;
    }

    /**
     * A credential for one registry, before those of {@link #credentials(CredentialProvider)} that were given before. No other
     * registry gets to see it.
     *
     * @param host the registry as references name it, with its port if they do; {@code docker.io} for Docker Hub
     */
    public RemotesBuilder credential(String host, Credential credential) {
        this.credentials = CredentialProvider.of(host, credential).or(credentials);
        return this;
    }

    /**
     * Which token services may be asked for tokens, with a registry's credentials, where registries name one; any by default, over
     * TLS.
     */
    public RemotesBuilder tokenServices(TokenServices services) {
        this.tokenServices = services;
        return this;
    }

    /** Trust and keys for TLS; the Java runtime's own by default. */
    public RemotesBuilder tls(TlsSettings settings) {
        this.tls = settings;
        return this;
    }

    /** Trust and keys for TLS, ready made; what {@link #tls} says of trust does not count then. */
    public RemotesBuilder sslContext(SSLContext context) {
        this.sslContext = context;
        return this;
    }

    /** Which requests go through a proxy; none by default. */
    public RemotesBuilder proxies(ProxySettings settings) {
        this.proxies = settings;
        return this;
    }

    /** How long to wait for a connection to a registry; 10 seconds by default. */
    public RemotesBuilder connectTimeout(Duration timeout) {
        this.connectTimeout = timeout;
        return this;
    }

    /** How long a registry may be silent in the middle of a request; 60 seconds by default. */
    public RemotesBuilder readTimeout(Duration timeout) {
        this.readTimeout = timeout;
        return this;
    }

    /**
     * Registries, each written exactly as in references, that are spoken to over TLS without verification or, where they
     * do not answer that, in plain text.
     */
    public RemotesBuilder insecureRegistries(Collection<String> hosts) {
        insecureRegistries.addAll(hosts);
        return this;
    }

    /** The engine whose images are {@code docker-daemon:NAME}, and {@link Remotes#imageClient()}; none by default. */
    public RemotesBuilder dockerEngine(DockerEngine dockerEngine) {
        this.engine = dockerEngine;
        return this;
    }

    /** Width and limits of copies. */
    public RemotesBuilder copyOptions(CopyOptions options) {
        this.copyOptions = options;
        return this;
    }

    /** Stops every operation when it is cancelled. */
    public RemotesBuilder scope(CallScope callScope) {
        this.scope = callScope;
        return this;
    }

    /** Told each warning at once, by any thread; warnings are in the results too, but a failure has no result. */
    public RemotesBuilder onWarning(Consumer<? super Warning> listener) {
        this.warningListener = listener;
        return this;
    }

    /** Stores in place of registries and layouts. */
    RemotesBuilder stores(Stores replacement) {
        this.stores = replacement;
        return this;
    }

    /**
     * The facade; no registry is asked for anything.
     *
     * @throws InvalidInputException if an insecure registry cannot be a host
     */
    public Remotes build() {
        dockerConfig.warnings().forEach(text -> warningListener.accept(new Warning(Warning.Kind.CREDENTIALS, text)));
        Stores opened = stores == null ? new DefaultStores(client()) : stores;
        return new Remotes(opened, scope, copyOptions, warningListener, engine());
    }

    private Remotes.@Nullable Engine engine() {
        return engine == null
                ? null
                : new Remotes.Engine(
                        engine, new EngineClient(engine, credentials.or(dockerConfig), insecureRegistries));
    }

    private RegistryClient client() {
        RegistryClient.Builder client = RegistryClient.builder()
                .credentials(credentials.or(dockerConfig))
                .tokenServices(tokenServices)
                .insecureHosts(insecureRegistries)
                .manifestLimit(copyOptions.manifestLimit());
        client.tls(tls).proxies(proxies);
        if (sslContext != null) {
            client.sslContext(sslContext);
        }
        if (connectTimeout != null) {
            client.connectTimeout(connectTimeout);
        }
        if (readTimeout != null) {
            client.idleTimeout(readTimeout);
        }
        return client.build();
    }
}
