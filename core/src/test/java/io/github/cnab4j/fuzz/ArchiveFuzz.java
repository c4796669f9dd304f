/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.fuzz;

import io.github.cnab4j.archive.ArchiveFile;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Archives, plain and compressed, and what is in them. */
public final class ArchiveFuzz {
    private ArchiveFuzz() {}

    /** One input; what is refused is refused by an exception of the library. */
    public static void fuzzerTestOneInput(byte[] data) {
        CallScope scope = CallScope.unbounded();
        try {
            Path file = Files.createTempFile("fuzz", ".tar");
            try {
                Files.write(file, data);
                Expect.accepted(() -> {
                    try (ArchiveFile archive = ArchiveFile.open(scope, file)) {
                        for (String name : archive.names()) {
                            Expect.that(!name.startsWith("/") && !("/" + name + "/").contains("/../"));
                            archive.readSmall(scope, name, 1 << 16);
                        }
                    }
                });
            } finally {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
