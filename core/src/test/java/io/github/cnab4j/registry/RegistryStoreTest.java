/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.store.StoreContract;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.testkit.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A repository keeps the contract of stores. */
class RegistryStoreTest extends StoreContract {
    private static TestRegistry registry;
    private static RegistryClient client;
    private static int repositories;

    @BeforeAll
    static void start() {
        registry = TestRegistry.start();
        client = RegistryClient.builder().build();
    }

    @AfterAll
    static void stop() {
        client.close();
        registry.close();
    }

    @Override
    protected WritableStore createStore() {
        return client.target(new Repository(registry.host(), "app/r" + repositories++));
    }

    @Override
    protected boolean takes(Digest.Algorithm algorithm) {
        return algorithm != Digest.Algorithm.SHA384;
    }
}
