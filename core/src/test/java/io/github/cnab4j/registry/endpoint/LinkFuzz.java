/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.fuzz.Expect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Links to next pages. */
public final class LinkFuzz {
    private LinkFuzz() {}

    /** One input; what is refused is refused by an exception of the library. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        LinkHeader.next(List.of(text)).ifPresent(link -> Expect.that(text.contains("<" + link + ">")));
    }
}
