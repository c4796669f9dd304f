/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import org.jspecify.annotations.Nullable;

/**
 * Where a store's content is. Stores of equal scheme and host can mount blobs from each other.
 *
 * @param scheme kind of the store: {@code registry}, {@code oci}, {@code memory}
 * @param host host and port of a registry; empty for stores without one
 * @param repository repository name, or the directory of a layout
 */
public record StoreId(String scheme, String host, String repository) {
    /** Whether a blob of the other store can be mounted into this one without moving bytes. */
    public boolean sharesBlobsWith(StoreId other) {
        return scheme.equals(other.scheme) && host.equals(other.host);
    }

    // By hand: ADR 0009.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoreId id
                && scheme.equals(id.scheme)
                && host.equals(id.host)
                && repository.equals(id.repository);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * scheme.hashCode() + host.hashCode()) + repository.hashCode();
    }

    /** {@code host/repository} of a registry, {@code scheme:repository} of anything else. */
    @Override
    public String toString() {
        return host.isEmpty() ? scheme + ":" + repository : host + "/" + repository;
    }
}
