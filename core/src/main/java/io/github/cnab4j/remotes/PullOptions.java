/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import java.util.List;

/**
 * How a bundle is pulled. Immutable: start from {@link #defaults()} and derive.
 *
 * @param requiredSignatures without which nothing is given out; over the digest of the bundle's index
 */
public record PullOptions(List<SignatureRequirement> requiredSignatures) {
    private static final PullOptions DEFAULTS = new PullOptions(List.of());

    /** Copies the list. */
    public PullOptions {
        requiredSignatures = List.copyOf(requiredSignatures);
    }

    /** No signature is required. */
    public static PullOptions defaults() {
        return DEFAULTS;
    }

    /** The same with these signatures required. */
    public PullOptions withRequiredSignatures(List<SignatureRequirement> required) {
        return new PullOptions(required);
    }
}
