/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.fuzz;

import io.github.cnab4j.oci.Platform;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.reference.Reference;
import java.nio.charset.StandardCharsets;

/** References, locations and platforms, as users and bundles write them. */
public final class ReferenceFuzz {
    private ReferenceFuzz() {}

    /** One input; what is refused is refused by an exception of the library. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Expect.accepted(() -> {
            Reference reference = Reference.parse(text);
            Expect.same(reference, Reference.parse(reference.toString()));
        });
        Expect.accepted(() -> Location.parse(text).toString());
        Expect.accepted(() -> Platform.parse(text).toString());
    }
}
