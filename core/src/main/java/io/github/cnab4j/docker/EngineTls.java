/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

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
 * @param directory where {@code ca.pem}, {@code cert.pem} and {@code key.pem} are; each of them may be absent
 * @param verified whether the engine's certificate is verified
 */
record EngineTls(Path directory, boolean verified) {
    private static final char[] NO_PASSWORD = {};

    SSLContext context(PemReader reader) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(reader), trust(reader), null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalStateException("this Java runtime cannot do TLS", unusable);
        }
    }

    private TrustManager @Nullable [] trust(PemReader reader) throws GeneralSecurityException, IOException {
        Path authorities = directory.resolve("ca.pem");
        if (!verified) {
            return new TrustManager[] {new UnverifiedEngine()};
        }
        if (!Files.exists(authorities)) {
            return null;
        }
        KeyStore store = emptyStore();
        int number = 0;
        for (X509Certificate authority : reader.certificates(authorities)) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    private KeyManager @Nullable [] keys(PemReader reader) throws GeneralSecurityException, IOException {
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        if (!Files.exists(certificate) || !Files.exists(key)) {
            return null;
        }
        KeyStore store = emptyStore();
        store.setEntry("client", reader.identity(certificate, key), new KeyStore.PasswordProtection(NO_PASSWORD));
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
