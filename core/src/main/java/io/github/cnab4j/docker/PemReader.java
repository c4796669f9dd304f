/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.error.CnabException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads the files by which TLS is spoken with an engine. Implementations are safe for use by several threads. */
public interface PemReader {
    /**
     * The certificates of a file.
     *
     * @throws CnabException if it cannot be read
     */
    List<X509Certificate> certificates(Path file);

    /**
     * A certificate and its key.
     *
     * @throws CnabException if they cannot be read, or do not belong together
     */
    KeyStore.PrivateKeyEntry identity(Path certificate, Path key);
}
