/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.certificates;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and its key.
 *
 * @param key the key
 * @param certificate the certificate
 */
public record Issued(PrivateKey key, X509Certificate certificate) {
    private static final char[] PASSWORD = "test".toCharArray();

    /** A context for a server that shows this certificate. */
    public SSLContext serverContext() {
        return serverContext(null);
    }

    /** A context for a server that shows this certificate, and trusts what an authority has signed for its clients. */
    public SSLContext serverContext(@Nullable Authority clients) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("own", key, PASSWORD, new Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys.getKeyManagers(),
                    clients == null ? null : trust(clients).getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrustManagerFactory trust(Authority authority) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        return factory;
    }

    /** The certificate as PEM. */
    public String pem() {
        return pem(certificate);
    }

    /** The key as PEM in PKCS#8. */
    public String keyPem() {
        try {
            return write(new JcaPKCS8Generator(key, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key as PEM in the form that is its algorithm's own: PKCS#1, SEC 1. */
    public String traditionalKeyPem() {
        try {
            if (key instanceof java.security.interfaces.ECPrivateKey secret) {
                byte[] inside = new ECPrivateKey(256, secret.getS(), SECObjectIdentifiers.secp256r1).getEncoded();
                return write(new PemObject("EC PRIVATE KEY", inside));
            }
            return write(new JcaMiscPEMGenerator(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes certificate and key into a directory that is made for them, under Docker's names for those of a client. */
    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("client.cert"), pem());
        Files.writeString(directory.resolve("client.key"), keyPem());
    }

    static String pem(X509Certificate certificate) {
        try {
            return write(new JcaMiscPEMGenerator(certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(PemObjectGenerator content) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(content);
        }
        return text.toString();
    }
}
