/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

import io.github.cnab4j.server.http.Interceptor;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Bearer tokens as Docker's registries give them: GET with Basic credentials or without, or an OAuth2 POST with a
 * password or an identity token. Immutable.
 */
public final class TokenAccess implements Access {
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final Accounts accounts;
    private final boolean anonymousPull;
    private final Duration lifetime;
    private final InstantSource clock;

    private TokenAccess(Accounts accounts, boolean anonymousPull, Duration lifetime, InstantSource clock) {
        this.accounts = accounts;
        this.anonymousPull = anonymousPull;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    static TokenAccess of(Accounts accounts) {
        return new TokenAccess(accounts, false, LIFETIME, InstantSource.system());
    }

    /** The same, and whoever has no account gets tokens to pull with. */
    public TokenAccess withAnonymousPull() {
        return new TokenAccess(accounts, true, lifetime, clock);
    }

    /** The same with another lifetime of tokens, whole seconds. */
    public TokenAccess withLifetime(Duration other) {
        return new TokenAccess(accounts, anonymousPull, other, clock);
    }

    /** The same with another clock for the end of tokens. */
    public TokenAccess withClock(InstantSource other) {
        return new TokenAccess(accounts, anonymousPull, lifetime, other);
    }

    @Override
    public Interceptor guard() {
        return new TokenService(this);
    }

    Accounts accounts() {
        return accounts;
    }

    boolean anonymousPull() {
        return anonymousPull;
    }

    Duration lifetime() {
        return lifetime;
    }

    InstantSource clock() {
        return clock;
    }
}
