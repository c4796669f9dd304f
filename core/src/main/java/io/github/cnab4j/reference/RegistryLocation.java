/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import io.github.cnab4j.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * An image in a registry.
 *
 * @param reference its name there
 */
public record RegistryLocation(Reference reference) implements Location {
    static RegistryLocation parse(String text) {
        return new RegistryLocation(Reference.parse(text));
    }

    @Override
    public @Nullable String tag() {
        return reference.tag();
    }

    @Override
    public @Nullable Digest digest() {
        return reference.digest();
    }

    @Override
    public RegistryLocation withTag(String tag) {
        return new RegistryLocation(reference.withTag(tag));
    }

    @Override
    public RegistryLocation withDigest(Digest digest) {
        return new RegistryLocation(reference.withDigest(digest));
    }

    @Override
    public RegistryLocation pinnedTo(Digest digest) {
        return new RegistryLocation(new Reference(reference.repository(), reference.tag(), digest));
    }

    @Override
    public RegistryLocation repositoryOnly() {
        return new RegistryLocation(reference.repositoryOnly());
    }

    @Override
    public RegistryLocation orLatest() {
        return new RegistryLocation(reference.orLatest());
    }

    @Override
    public String familiar() {
        return withTransport(reference.familiarString());
    }

    // By hand: ADR 0009.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RegistryLocation location && reference.equals(location.reference);
    }

    @Override
    public int hashCode() {
        return reference.hashCode();
    }

    /**
     * The full reference without a transport, as relocation maps hold it; only a registry named as another transport, such as
     * {@code oci:5000}, gets {@code docker://} in front of it.
     */
    @Override
    public String toString() {
        return withTransport(reference.toString());
    }

    private static String withTransport(String text) {
        return Transports.isNamedBy(text) ? Transports.REGISTRY + text : text;
    }
}
