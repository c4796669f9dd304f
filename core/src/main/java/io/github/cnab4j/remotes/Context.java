/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.transfer.CopyOptions;

/**
 * What every operation of one {@link Remotes} works with.
 *
 * @param scope stops the work
 * @param stores opens stores
 * @param copyOptions width and limits
 * @param warnings collects what people should know
 */
record Context(CallScope scope, OperationStores stores, CopyOptions copyOptions, Warnings warnings) {
    /** The same within another scope. */
    Context within(CallScope other) {
        return new Context(other, stores, copyOptions, warnings);
    }

    /** The largest manifest taken, in bytes. */
    int manifestLimit() {
        return copyOptions.manifestLimit();
    }
}
