/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.real.DockerRegistry;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.store.StoreContract;
import io.github.cnab4j.store.WritableStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A repository of the real docker-registry keeps the contract of stores. */
class DockerRegistryIT extends StoreContract {
    @TempDir
    static Path directory;

    private static DockerRegistry registry;
    private static RegistryClient client;
    private static int repositories;

    @BeforeAll
    static void start() throws Exception {
        registry = DockerRegistry.start(directory);
        client = RegistryClient.builder().build();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            client.close();
            registry.close();
        }
    }

    @Override
    protected WritableStore createStore() {
        return client.target(new Repository(registry.host(), "app/r" + repositories++));
    }

    /** It stores what is named by another algorithm under its SHA-256, and does not find it again. */
    @Override
    protected boolean takes(Digest.Algorithm algorithm) {
        return algorithm == Digest.Algorithm.SHA256;
    }
}
