/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a signature says beside the digest. Immutable: start from {@link #defaults()} and derive.
 *
 * @param claims names and values, in their order
 */
public record SignOptions(Map<String, String> claims) {
    /** Copies the map. */
    public SignOptions {
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /** Nothing else. */
    public static SignOptions defaults() {
        return new SignOptions(Map.of());
    }

    /** The same with these claims. */
    public SignOptions withClaims(Map<String, String> replacement) {
        return new SignOptions(replacement);
    }
}
