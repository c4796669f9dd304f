/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.ReadableStore;

/**
 * An image that was found in a store.
 *
 * @param source the store
 * @param descriptor its manifest or index, as the store says
 * @param inTarget whether the store is the repository that the bundle goes to
 */
record FoundImage(ReadableStore source, Descriptor descriptor, boolean inTarget) {}
