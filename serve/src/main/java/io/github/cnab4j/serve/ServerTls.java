/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve;

import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.pem.ClientIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What a server shows to clients over TLS. */
final class ServerTls {
    private static final char[] IN_MEMORY = new char[0];

    private ServerTls() {}

    /**
     * Reads a certificate, with those that prove it behind it, and its key.
     *
     * @throws FileException if a file cannot be read
     * @throws InvalidInputException if they are not what they should be, or do not belong together
     */
    static SSLContext context(Path certificate, Path key) {
        ClientIdentity identity = ClientIdentity.read(certificate, key);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "server", identity.key(), IN_MEMORY, identity.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, IN_MEMORY);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new FileException(
                    "the certificate in " + certificate + " cannot be used: " + unusable.getMessage(), null, unusable);
        }
    }
}
