/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

import io.github.cnab4j.server.http.Interceptor;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Bearer tokens as Docker's registries give them: GET with Basic credentials or without, or an OAuth2 POST with a
 * password or an identity token. Options are immutable; registries whose access was derived from one value take each other's
 * tokens, so that one of them can be the token service of another.
 */
public final class TokenAccess implements Access {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Options options;
    private final Grants grants;

    private record Options(
            Accounts accounts,
            boolean anonymousPull,
            Duration lifetime,
            InstantSource clock,
            Optional<URI> realm,
            Set<TokenFlavour> flavours) {}

    private TokenAccess(Options options, Grants grants) {
        this.options = options;
        this.grants = grants;
    }

    static TokenAccess of(Accounts accounts) {
        Options options = new Options(accounts, false, LIFETIME, InstantSource.system(), Optional.empty(), Set.of());
        return new TokenAccess(options, new Grants());
    }

    private TokenAccess with(Options other) {
        return new TokenAccess(other, grants);
    }

    /** The same, and whoever has no account gets tokens to pull with. */
    public TokenAccess withAnonymousPull() {
        return with(
                new Options(options.accounts, true, options.lifetime, options.clock, options.realm, options.flavours));
    }

    /** The same with another lifetime of tokens, whole seconds. */
    public TokenAccess withLifetime(Duration other) {
        return with(new Options(
                options.accounts, options.anonymousPull, other, options.clock, options.realm, options.flavours));
    }

    /** The same with another clock for the end of tokens. */
    public TokenAccess withClock(InstantSource other) {
        return with(new Options(
                options.accounts, options.anonymousPull, options.lifetime, other, options.realm, options.flavours));
    }

    /** The same with another place for clients to ask for tokens, such as {@code /token} of another registry. */
    public TokenAccess withRealm(URI other) {
        return with(new Options(
                options.accounts,
                options.anonymousPull,
                options.lifetime,
                options.clock,
                Optional.of(other),
                options.flavours));
    }

    /** The same with habits of real token services, beside those that it has. */
    public TokenAccess with(TokenFlavour... more) {
        Set<TokenFlavour> all = EnumSet.noneOf(TokenFlavour.class);
        all.addAll(options.flavours);
        all.addAll(Arrays.asList(more));
        return with(new Options(
                options.accounts,
                options.anonymousPull,
                options.lifetime,
                options.clock,
                options.realm,
                Set.copyOf(all)));
    }

    @Override
    public Interceptor guard() {
        return new TokenGuard(this, new TokenService(this));
    }

    Accounts accounts() {
        return options.accounts;
    }

    boolean anonymousPull() {
        return options.anonymousPull;
    }

    Duration lifetime() {
        return options.lifetime;
    }

    InstantSource clock() {
        return options.clock;
    }

    Optional<URI> realm() {
        return options.realm;
    }

    boolean has(TokenFlavour flavour) {
        return options.flavours.contains(flavour);
    }

    Grants grants() {
        return grants;
    }
}
