/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.store.StoreContract;
import io.github.cnab4j.store.WritableStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What every store promises, kept by a layout. */
class LayoutStoreTest extends StoreContract {
    @TempDir
    Path directory;

    @Override
    protected WritableStore createStore() {
        return LayoutStore.openOrCreate(directory.resolve("layout"));
    }
}
