/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.Verified;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a manifest that is to be pushed, verified, in memory. */
final class ManifestReader {
    private final int limit;

    ManifestReader(int limit) {
        this.limit = limit;
    }

    byte[] read(CallScope scope, Descriptor descriptor, ContentSource content) {
        if (descriptor.size() > limit) {
            throw new InvalidInputException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "the manifest " + descriptor.digest() + " has " + descriptor.size() + " bytes, the limit is "
                            + limit,
                    "Registries take manifests of 4 MiB; raise the limit if yours takes more.");
        }
        try (InputStream in = Verified.checking(content.open(scope), descriptor, "the source")) {
            // The stream ends, or fails, after as many bytes as the descriptor says.
            return in.readNBytes((int) descriptor.size() + 1);
        } catch (IOException broken) {
            throw new TransportException(
                    ErrorCode.UNREACHABLE,
                    "read " + descriptor.digest(),
                    "reading the manifest " + descriptor.digest() + " from its source failed: " + broken.getMessage(),
                    null,
                    broken);
        }
    }
}
