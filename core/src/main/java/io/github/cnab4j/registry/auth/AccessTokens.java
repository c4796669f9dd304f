/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.registry.http.Access;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens of one registry, by who asked and for what. A token is asked for once, however many requests wait for it; if
 * that fails, it fails for all of them. Safe for use by several threads.
 */
final class AccessTokens {
    private static final int WORTH_CLEARING = 512;

    private final Map<Key, Slot> slots = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    AccessTokens(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * What a token is good for.
     *
     * @param credential who asked; null for nobody
     * @param access what was asked for
     * @param extra scopes that the registry demanded beyond that
     */
    record Key(@Nullable Credential credential, List<Access> access, List<String> extra) {
        Key {
            access = List.copyOf(access);
            extra = List.copyOf(extra);
        }
    }

    /** A token at hand that allows at least this. */
    Optional<AccessToken> covering(@Nullable Credential credential, List<Access> wanted) {
        long now = nanos.getAsLong();
        for (Map.Entry<Key, Slot> entry : slots.entrySet()) {
            AccessToken token = entry.getValue().token;
            if (token != null
                    && token.usableAt(now)
                    && Objects.equals(entry.getKey().credential(), credential)
                    && covers(entry.getKey().access(), wanted)) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    /**
     * The token for a key, from {@code fetch} where there is none.
     *
     * @throws StoreException as {@code fetch} does
     */
    AccessToken get(Key key, Supplier<AccessToken> fetch) {
        Slot slot = slots.computeIfAbsent(key, absent -> new Slot());
        int seen = slot.attempts;
        synchronized (slot) {
            if (slot.token != null && slot.token.usableAt(nanos.getAsLong())) {
                return slot.token;
            }
            if (slot.attempts != seen && slot.failure != null) {
                throw slot.failure;
            }
            slot.token = null;
            slot.failure = null;
            try {
                slot.token = fetch.get();
                clearSomeTime();
                return slot.token;
            } catch (StoreException failed) {
                slot.failure = failed;
                throw failed;
            } finally {
                slot.attempts = slot.attempts + 1;
            }
        }
    }

    /** Forgets a token that the registry did not take. */
    void reject(String value) {
        slots.values().forEach(slot -> {
            AccessToken token = slot.token;
            if (token != null && token.value().equals(value)) {
                slot.token = null;
            }
        });
    }

    /** Whether a text can stand in a header field as a token. */
    static boolean fitsHeader(String token) {
        return !token.isEmpty() && token.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private void clearSomeTime() {
        if (slots.size() > WORTH_CLEARING) {
            long now = nanos.getAsLong();
            slots.values().removeIf(slot -> {
                AccessToken token = slot.token;
                return token != null && !token.usableAt(now);
            });
        }
    }

    private static boolean covers(List<Access> held, List<Access> wanted) {
        return wanted.stream().allMatch(want -> held.stream().anyMatch(have -> have.covers(want)));
    }

    private static final class Slot {
        private volatile @Nullable AccessToken token;
        private volatile int attempts;
        private @Nullable StoreException failure;
    }
}
