/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and a certificate for 127.0.0.1, ::1 and localhost that nobody trusts unless told to, valid for a day. Made by
 * the JDK's own {@code keytool}, about a second's work: make one per test class. Immutable.
 */
public final class SelfSigned {
    private static final String ALIAS = "registry";
    private static final long KEYTOOL_SECONDS = 60;

    private final KeyStore keys;
    private final char[] password;

    private SelfSigned(KeyStore keys, char[] password) {
        this.keys = keys;
        this.password = password;
    }

    /**
     * Makes a new key and certificate.
     *
     * @throws IOException when {@code keytool} is not there or fails
     */
    public static SelfSigned create() throws IOException {
        Path directory = Files.createTempDirectory("testkit-tls");
        Path store = directory.resolve("keys.p12");
        String password = UUID.randomUUID().toString();
        try {
            run(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=ip:127.0.0.1,ip:::1,dns:localhost",
                    "-validity",
                    "1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    password));
            try (InputStream in = Files.newInputStream(store)) {
                KeyStore keys = KeyStore.getInstance("PKCS12");
                keys.load(in, password.toCharArray());
                return new SelfSigned(keys, password.toCharArray());
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read what keytool wrote", e);
        } finally {
            Files.deleteIfExists(store);
            Files.deleteIfExists(directory);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("waiting for keytool");
        }
    }

    /** A context for the server. */
    public SSLContext serverContext() {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was just made must be usable", e);
        }
    }

    /** A context for clients, which trusts this certificate and no other. */
    public SSLContext clientContext() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            return clientContext(trusted);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was just made must be usable", e);
        }
    }

    private SSLContext clientContext(KeyStore trusted) throws GeneralSecurityException {
        trusted.setCertificateEntry(ALIAS, certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /** The certificate in PEM, as clients' configuration wants it. */
    public String pem() {
        try {
            String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(certificate().getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was just made must be usable", e);
        }
    }

    private Certificate certificate() throws GeneralSecurityException {
        return keys.getCertificate(ALIAS);
    }
}
