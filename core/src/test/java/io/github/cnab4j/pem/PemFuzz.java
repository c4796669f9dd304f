/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.pem;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.fuzz.Expect;
import java.nio.charset.StandardCharsets;

/** Files of certificates and keys. */
public final class PemFuzz {
    private PemFuzz() {}

    /** One input; what is refused is refused by an exception of the library, which quotes nothing of what may be a key. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        Expect.accepted(() -> {
            PemFile file = PemFile.parse("a file", ErrorCode.INVALID_CONFIGURATION, text);
            Expect.that(file.blocks().stream().allMatch(block -> block.line() > 0));
            Expect.accepted(() -> Expect.that(!file.certificates().isEmpty()));
            Expect.that(file.readableCertificates().size() <= file.blocks().size());
            Expect.accepted(() -> PemKey.read(file));
            for (PemBlock block : file.blocks()) {
                Der.find(block.content(), Der.CONTEXT_0);
                Der.content(block.content(), Der.SEQUENCE)
                        .ifPresent(row -> Expect.that(row.length < block.content().length));
            }
        });
    }
}
