/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.converter.ManifestOption;
import java.util.ArrayList;
import java.util.List;

/**
 * How a bundle is pushed. Immutable: start from {@link #defaults()} and derive.
 *
 * @param allowFallbacks whether another form of the bundle's manifests is tried when the registry refuses the preferred one
 * @param manifestOptions run in this order over the index before it is sealed; fallback forms derive from their result
 */
public record PushOptions(boolean allowFallbacks, List<ManifestOption> manifestOptions) {
    private static final PushOptions DEFAULTS = new PushOptions(true, List.of());

    /** Copies the list. */
    public PushOptions {
        manifestOptions = List.copyOf(manifestOptions);
    }

    /** Fallbacks allowed, the index as it comes. */
    public static PushOptions defaults() {
        return DEFAULTS;
    }

    /** The same, with fallbacks or without. */
    public PushOptions withAllowFallbacks(boolean allow) {
        return new PushOptions(allow, manifestOptions);
    }

    /** The same, with one more function over the index. */
    public PushOptions withManifestOption(ManifestOption option) {
        List<ManifestOption> extended = new ArrayList<>(manifestOptions);
        extended.add(option);
        return new PushOptions(allowFallbacks, extended);
    }
}
