/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.error.FileException;

/** The two results of a command that writes files: both are staged before the first takes its place. */
record Outputs(Output bundle, Output relocationMap) {
    /**
     * Writes both results in their canonical form.
     *
     * @throws FileException if that fails
     */
    void write(Bundle fixed, RelocationMap map) {
        try (Output.Staged first = bundle.stage(fixed.canonical());
                Output.Staged second = relocationMap.stage(map.canonical())) {
            first.commit();
            second.commit();
        }
    }
}
