/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.storage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All repositories of a registry. Implementations are thread-safe. */
public interface RegistryStorage {
    /** A repository that holds, or has held, content; empty when nothing was ever committed under this name. */
    Optional<RepositoryStorage> find(RepositoryName name) throws IOException;

    /** A repository to write to. It comes into being with the first content that is committed to it, not here. */
    RepositoryStorage open(RepositoryName name) throws IOException;

    /**
     * Names in ascending order.
     *
     * @param after only names greater than this
     * @param limit at most so many
     */
    List<RepositoryName> repositories(@Nullable RepositoryName after, int limit) throws IOException;
}
