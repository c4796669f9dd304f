/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.profile;

import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.TokenFlavour;
import io.github.cnab4j.testkit.tls.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** What the profiles start their registries with. */
final class Profiles {
    private static final Duration SHORT = Duration.ofSeconds(150);

    private Profiles() {}

    static Access passwords() {
        return Access.basic(RegistryProfile.USER);
    }

    static Supplier<Access> tokens(TokenFlavour... flavours) {
        return () -> Access.tokens(RegistryProfile.USER).with(flavours);
    }

    /** Tokens that end after some 150 requests: the service's clock goes on by a second each time that it is looked at. */
    static Access tokensThatEndSoon() {
        AtomicLong seconds = new AtomicLong();
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        return Access.tokens(RegistryProfile.USER)
                .with(TokenFlavour.ALL_OR_NOTHING)
                .withLifetime(SHORT)
                .withClock(() -> begin.plusSeconds(seconds.getAndIncrement()));
    }

    static SSLContext certificate() {
        try {
            return SelfSigned.create().serverContext();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
