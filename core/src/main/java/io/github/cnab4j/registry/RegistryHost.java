/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.registry.auth.AuthenticatingTransport;
import io.github.cnab4j.registry.auth.CredentialProvider;
import io.github.cnab4j.registry.auth.TokenServices;
import io.github.cnab4j.registry.endpoint.EndpointCaller;
import io.github.cnab4j.registry.endpoint.EndpointCaller.Place;
import io.github.cnab4j.registry.endpoint.Probe;
import io.github.cnab4j.registry.http.Backoff;
import io.github.cnab4j.registry.http.HttpTransport;
import io.github.cnab4j.registry.http.Origin;
import io.github.cnab4j.registry.http.PlainTransport;
import io.github.cnab4j.registry.http.QuotaTransport;
import io.github.cnab4j.registry.http.RedirectingTransport;
import io.github.cnab4j.registry.http.RetryingTransport;
import io.github.cnab4j.registry.http.WarningTransport;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.WaitClock;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One registry: how it is spoken to, settled at the first call and kept; the transport to it; what was learnt about it. Safe for
 * use by several threads.
 */
final class RegistryHost {
    /** No repository's name. */
    private static final String EVERYWHERE = "";

    private final String name;
    private final HostRule.Mode mode;
    private final HttpTransport base;
    private final CredentialProvider credentials;
    private final TokenServices tokenServices;
    private final WaitClock clock;
    private final DoubleSupplier random;
    private final Learned<String, Boolean> refusedMounts;
    private final Learned<String, UploadWay> uploadWays;
    private final Learned<String, Boolean> withoutReferrers;
    private final Learned<String, Boolean> listedSubjects;
    private final SinglePost singlePost;
    private final Backoff backoff;
    private volatile @Nullable Place connected;

    RegistryHost(
            String name,
            HostRule.Mode mode,
            HttpTransport base,
            CredentialProvider credentials,
            TokenServices tokenServices,
            WaitClock clock,
            DoubleSupplier random) {
        this.name = name;
        this.mode = mode;
        this.base = base;
        this.credentials = credentials;
        this.tokenServices = tokenServices;
        this.clock = clock;
        this.random = random;
        this.refusedMounts = new Learned<>(clock);
        this.uploadWays = new Learned<>(clock);
        this.withoutReferrers = new Learned<>(clock);
        this.listedSubjects = new Learned<>(clock);
        this.singlePost = new SinglePost(name, clock);
        this.backoff = new Backoff(clock, random);
        HostRule.origin("https", name); // refuses what cannot be a host before anything is asked of it
    }

    String name() {
        return name;
    }

    Place connect(CallScope scope) {
        Place settled = connected;
        return settled == null ? settle(scope) : settled;
    }

    /** Opens one more connection. */
    void warmUp(CallScope scope) {
        base.warmUp(scope, connect(scope).origin());
    }

    /** Repositories from which the registry would not mount. */
    Learned<String, Boolean> refusedMounts() {
        return refusedMounts;
    }

    /** How blobs are uploaded, by repository, where it is not the usual way. */
    Learned<String, UploadWay> uploadWays() {
        return uploadWays;
    }

    /** Whether a repository is known to keep no lists of referrers. */
    boolean keepsNoReferrers(String repository) {
        return withoutReferrers.get(EVERYWHERE).isPresent()
                || withoutReferrers.get(repository).isPresent();
    }

    /** The registry knows no lists of referrers. */
    void keepsNoReferrers() {
        withoutReferrers.put(EVERYWHERE, true);
    }

    /** One repository has no lists of referrers for us. */
    void showsNoReferrers(String repository) {
        withoutReferrers.put(repository, true);
    }

    /** Manifests, each behind its repository and an at sign, whose referrers the registry has said that it lists. */
    Learned<String, Boolean> listedSubjects() {
        return listedSubjects;
    }

    /** Whether a blob may go with one request. */
    SinglePost singlePost() {
        return singlePost;
    }

    /** The waits before a body that broke off is gone on with. */
    Backoff backoff() {
        return backoff;
    }

    /** The scheme by its name turned out to be wrong. */
    private synchronized Place encrypted() {
        Place settled = connected;
        if (settled == null || !settled.origin().secure()) {
            settled = connectTo(HostRule.origin("https", name));
            connected = settled;
        }
        return settled;
    }

    private synchronized Place settle(CallScope scope) {
        Place settled = connected;
        if (settled == null) {
            settled = connectTo(originByMode(scope));
            connected = settled;
        }
        return settled;
    }

    private Origin originByMode(CallScope scope) {
        Origin encrypted = HostRule.origin("https", name);
        Origin plain = HostRule.origin("http", name);
        return switch (mode) {
            case HTTPS -> encrypted;
            case HTTP -> plain;
            case PROBE -> Probe.find(scope, base, encrypted, plain);
        };
    }

    private Place connectTo(Origin origin) {
        HttpTransport attentive =
                origin.secure() ? base : new PlainTransport(base, origin, HostRule.origin("https", name));
        HttpTransport patient = new RetryingTransport(attentive, name, clock, random);
        HttpTransport authorized = new AuthenticatingTransport(
                patient, name, origin, mode == HostRule.Mode.PROBE, credentials, tokenServices, clock);
        HttpTransport telling = new WarningTransport(new QuotaTransport(authorized, name, origin), name, origin);
        EndpointCaller caller = new EndpointCaller(
                new RedirectingTransport(telling), name, origin, HostRule.origin("http", name), this::encrypted);
        return new Place(origin, caller);
    }
}
