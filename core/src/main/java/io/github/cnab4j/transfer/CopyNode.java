/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.oci.NodeKey;
import io.github.cnab4j.store.StoreId;

/**
 * What makes a content one node of a copy: done once, whoever needs it.
 *
 * @param target where it goes
 * @param key what it is
 */
public record CopyNode(StoreId target, NodeKey key) {}
