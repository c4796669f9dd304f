/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.server.storage.Digest;
import java.util.Optional;

/** The server and the library each have a type of their own for a digest. */
final class Digests {
    private Digests() {}

    /** The library's. */
    static io.github.cnab4j.oci.Digest ofLibrary(Digest digest) {
        return new io.github.cnab4j.oci.Digest(ofLibrary(digest.algorithm()), digest.encoded());
    }

    /** The library's. */
    static io.github.cnab4j.oci.Digest.Algorithm ofLibrary(Digest.Algorithm algorithm) {
        return switch (algorithm) {
            case SHA256 -> io.github.cnab4j.oci.Digest.Algorithm.SHA256;
            case SHA512 -> io.github.cnab4j.oci.Digest.Algorithm.SHA512;
        };
    }

    /** The server's; empty if it is of an algorithm that the server does not know. */
    static Optional<Digest> ofServer(io.github.cnab4j.oci.Digest digest) {
        return Digest.Algorithm.of(digest.algorithm().prefix()).map(algorithm -> new Digest(algorithm, digest.hex()));
    }
}
