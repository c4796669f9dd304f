/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.fuzz;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;

/** Bundles and relocation maps. */
public final class BundleFuzz {
    private BundleFuzz() {}

    /** One input; what is refused is refused by an exception of the library. */
    public static void fuzzerTestOneInput(byte[] data) {
        Expect.accepted(() -> Bundle.parse(data).toString());
        Expect.accepted(() -> RelocationMap.parse(data).toString());
    }
}
