/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.tls;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.pem.PemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The authorities that this machine trusts, where Go programs look for them on Unix: {@code SSL_CERT_FILE} in place of the system's
 * bundle, {@code SSL_CERT_DIR} in place of its directories. A system without any of these files, and a Java runtime that was told
 * of a trust store, have Java's own. A file that cannot be read, or a certificate in it, is left out.
 *
 * @param file given in place of the bundle; empty if none is
 * @param directories given in place of the system's; empty if none is
 * @param bundles where systems keep theirs
 * @param systemDirectories where systems keep single certificates
 * @param java whether Java's own are taken, whatever the system has
 */
public record SystemTrust(
        String file, String directories, List<Path> bundles, List<Path> systemDirectories, boolean java) {
    private static final List<Path> BUNDLES = Stream.of(
                    "/etc/ssl/certs/ca-certificates.crt",
                    "/etc/pki/tls/certs/ca-bundle.crt",
                    "/etc/ssl/ca-bundle.pem",
                    "/etc/pki/tls/cacert.pem",
                    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
                    "/etc/ssl/cert.pem")
            .map(Path::of)
            .toList();
    private static final List<Path> DIRECTORIES =
            Stream.of("/etc/ssl/certs", "/etc/pki/tls/certs").map(Path::of).toList();

    /** Copies the lists. */
    public SystemTrust {
        bundles = List.copyOf(bundles);
        systemDirectories = List.copyOf(systemDirectories);
    }

    /** The Java runtime's own. */
    public static SystemTrust ofJava() {
        return new SystemTrust("", "", List.of(), List.of(), true);
    }

    /** The system's, with what the environment says about it. */
    public static SystemTrust of(Map<String, String> environment) {
        String file = environment.getOrDefault("SSL_CERT_FILE", "");
        String directories = environment.getOrDefault("SSL_CERT_DIR", "");
        boolean told = System.getProperty("javax.net.ssl.trustStore") != null;
        return new SystemTrust(
                file, directories, BUNDLES, DIRECTORIES, told && file.isEmpty() && directories.isEmpty());
    }

    /** The certificates; reads the files. */
    Set<X509Certificate> load() {
        Set<X509Certificate> trusted = new LinkedHashSet<>();
        if (java) {
            return ofRuntime();
        }
        boolean found = file.isEmpty() ? addBundle(trusted) : add(trusted, path(file));
        if (!directories.isEmpty()) {
            for (String directory : directories.split(":")) {
                addDirectory(trusted, path(directory));
            }
        } else if (!file.isEmpty() || !found) {
            // A system's bundle holds what its directories hold, in one piece.
            if (file.isEmpty() || !addBundle(trusted)) {
                systemDirectories.forEach(directory -> addDirectory(trusted, directory));
            }
        }
        return trusted.isEmpty() ? ofRuntime() : trusted;
    }

    /** What was given and cannot be read; for people. */
    Optional<String> complaint() {
        if (!file.isEmpty()
                && Optional.ofNullable(path(file)).filter(Files::isReadable).isEmpty()) {
            return Optional.of("SSL_CERT_FILE names " + file + ", which cannot be read");
        }
        return Optional.empty();
    }

    private boolean addBundle(Set<X509Certificate> trusted) {
        return bundles.stream().anyMatch(bundle -> add(trusted, bundle));
    }

    private static void addDirectory(Set<X509Certificate> trusted, @Nullable Path directory) {
        if (directory == null) {
            return;
        }
        List<Path> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(Files::isRegularFile).forEach(entries::add);
        } catch (IOException unreadable) {
            return;
        }
        entries.forEach(entry -> add(trusted, entry));
    }

    private static boolean add(Set<X509Certificate> trusted, @Nullable Path path) {
        if (path == null || !Files.isReadable(path)) {
            return false;
        }
        try {
            trusted.addAll(PemFile.read(path).readableCertificates());
            return true;
        } catch (CnabException unusable) {
            return false;
        }
    }

    private static @Nullable Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException none) {
            return null;
        }
    }

    private static Set<X509Certificate> ofRuntime() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            Set<X509Certificate> trusted = new LinkedHashSet<>();
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    trusted.addAll(List.of(x509.getAcceptedIssuers()));
                }
            }
            return trusted;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("the trust store of this Java runtime cannot be used", unusable);
        }
    }
}
