/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens that were given out. Thread-safe. */
final class Grants {
    private final Map<String, Grant> byToken = new ConcurrentHashMap<>();

    /**
     * What a token is good for.
     *
     * @param access rights by repository
     * @param everything whether rights do not matter
     * @param end when it is good no more
     */
    record Grant(List<RequiredAccess> access, boolean everything, Instant end) {
        Grant {
            access = List.copyOf(access);
        }

        boolean covers(RequiredAccess required) {
            return everything
                    || access.stream()
                            .anyMatch(granted -> granted.repository().equals(required.repository())
                                    && granted.actions().containsAll(required.actions()));
        }
    }

    /** A new token. */
    String add(Grant grant, Instant now) {
        byToken.values().removeIf(old -> !now.isBefore(old.end()));
        String token = UUID.randomUUID().toString();
        byToken.put(token, grant);
        return token;
    }

    /** What a token is good for at a time. */
    Optional<Grant> find(String token, Instant now) {
        return Optional.ofNullable(byToken.get(token)).filter(grant -> now.isBefore(grant.end()));
    }
}
