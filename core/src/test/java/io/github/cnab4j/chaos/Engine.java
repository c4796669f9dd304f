/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.chaos;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.registry.RegistryStore;

/** Copies a graph from one repository to another and tags it. */
@FunctionalInterface
interface Engine {
    String TAG = "1.0";

    void copy(RegistryStore source, RegistryStore target, Descriptor root) throws Exception;
}
