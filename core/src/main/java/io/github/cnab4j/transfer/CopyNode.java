/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.oci.NodeKey;
import io.github.cnab4j.store.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * What makes a content one node of a copy: done once, whoever needs it.
 *
 * @param target where it goes
 * @param key what it is
 */
public record CopyNode(StoreId target, NodeKey key) {
    // By hand: ADR 0009.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CopyNode node && target.equals(node.target) && key.equals(node.key);
    }

    @Override
    public int hashCode() {
        return 31 * target.hashCode() + key.hashCode();
    }
}
