/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.pem.ClientIdentity;
import io.github.cnab4j.pem.PemFile;
import io.github.cnab4j.pem.TrustAll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken with an engine. The authorities of {@code ca.pem} are the only ones that count, as for Docker's client; without that
 * file those of the Java runtime do.
 *
 * @param directory where {@code ca.pem}, and for the client {@code cert.pem} with {@code key.pem}, are; each may be absent
 * @param verified whether the engine's certificate is verified
 */
record EngineTls(Path directory, boolean verified) {
    private static final char[] NO_PASSWORD = {};

    /**
     * What it comes to.
     *
     * @throws CnabException if a file cannot be read, or certificate and key do not belong together
     */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalStateException("this Java runtime cannot do TLS", unusable);
        }
    }

    private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
        Path authorities = directory.resolve("ca.pem");
        if (!verified) {
            return new TrustManager[] {new TrustAll()};
        }
        if (!Files.exists(authorities)) {
            return null;
        }
        KeyStore store = emptyStore();
        int number = 0;
        for (X509Certificate authority : PemFile.read(authorities).certificates()) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        if (!Files.exists(certificate) && !Files.exists(key)) {
            return null;
        }
        ClientIdentity identity = ClientIdentity.read(certificate, key);
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "client", identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
