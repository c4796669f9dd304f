/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.pem.ClientIdentity;
import io.github.cnab4j.registry.http.TlsContexts;
import io.github.cnab4j.registry.tls.HostTls;
import io.github.cnab4j.registry.tls.SystemTrust;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whom to trust over TLS, and what to show to registries that want to know their client. Verification is never switched off here: only
 * a registry that is named insecure goes without. Immutable; safe for use by several threads.
 */
public final class TlsSettings {
    private final HostTls.Sources sources;

    private TlsSettings(HostTls.Sources sources) {
        this.sources = sources;
    }

    /** The authorities that the Java runtime trusts ({@code javax.net.ssl.trustStore}, or those that it came with). */
    public static TlsSettings ofJava() {
        return new TlsSettings(new HostTls.Sources(SystemTrust.ofJava(), List.of(), List.of(), Map.of()));
    }

    /**
     * What programs of the field do: the authorities that the system trusts, {@code SSL_CERT_FILE} and {@code SSL_CERT_DIR} as for Go
     * programs, and the directories {@code certs.d} of Docker and Podman, {@code HOST[:PORT]} below which {@code *.crt} are authorities
     * and {@code *.cert} with {@code *.key} client certificates for that registry. Files are read when the first connection over TLS
     * needs them.
     *
     * @param environment environment variables
     * @param home the user's home directory
     */
    public static TlsSettings fromEnvironment(Map<String, String> environment, Path home) {
        return new TlsSettings(
                new HostTls.Sources(SystemTrust.of(environment), List.of(), HostTls.usualDirectories(home), Map.of()));
    }

    /**
     * Trusts the certificates of a PEM file too; reads it now.
     *
     * @throws FileException if it cannot be read
     * @throws InvalidInputException if there is no certificate in it, or one is damaged; the message has its line
     */
    public TlsSettings withCaFile(Path file) {
        return withTrusted(HostTls.certificates(file));
    }

    /** Trusts these too. */
    public TlsSettings withTrusted(Collection<X509Certificate> authorities) {
        List<X509Certificate> given = new ArrayList<>(sources.given());
        given.addAll(authorities);
        return new TlsSettings(
                new HostTls.Sources(sources.system(), given, sources.directories(), sources.identities()));
    }

    /** Looks into one more directory that has a directory for each registry, {@code HOST[:PORT]}, as {@code certs.d} has. */
    public TlsSettings withHostDirectory(Path directory) {
        List<Path> directories = new ArrayList<>(sources.directories());
        directories.add(directory);
        return new TlsSettings(
                new HostTls.Sources(sources.system(), sources.given(), directories, sources.identities()));
    }

    /**
     * Shows a client certificate to one registry; reads the PEM files now. The key may be in the forms PKCS#8, PKCS#1 and SEC 1, without a
     * password.
     *
     * @param host the registry, with its port unless that is 443
     * @param certificate the client's certificate, followed by those that lead to its authority
     * @param key its key
     * @throws FileException if a file cannot be read
     * @throws InvalidInputException if one is damaged, or the key belongs to another certificate
     */
    public TlsSettings withClientCertificate(String host, Path certificate, Path key) {
        Map<String, ClientIdentity> identities = new LinkedHashMap<>(sources.identities());
        identities.put(host, ClientIdentity.read(certificate, key));
        return new TlsSettings(
                new HostTls.Sources(sources.system(), sources.given(), sources.directories(), identities));
    }

    TlsContexts contexts() {
        return new HostTls(sources);
    }
}
