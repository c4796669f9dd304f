/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

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

    /** {@code host/repository} of a registry, {@code scheme:repository} of anything else. */
    @Override
    public String toString() {
        return host.isEmpty() ? scheme + ":" + repository : host + "/" + repository;
    }
}
