/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.tls;

import io.github.cnab4j.pem.ClientIdentity;
import io.github.cnab4j.pem.PemFile;
import io.github.cnab4j.pem.TrustAll;
import io.github.cnab4j.registry.http.Origin;
import io.github.cnab4j.registry.http.TlsContexts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trust and keys for each place: the system's authorities and those that were given count everywhere, those of a registry's own
 * directory, and client certificates, at that registry alone. Safe for use by several threads.
 */
public final class HostTls implements TlsContexts {
    private static final char[] NO_PASSWORD = {};

    private final Sources sources;
    private final HostDirectories directories;
    private @Nullable Set<X509Certificate> system;

    /**
     * Where trust and keys come from.
     *
     * @param system authorities that count everywhere
     * @param given more of them
     * @param directories of certificates by registry
     * @param identities client certificates by registry, {@code HOST[:PORT]}
     */
    public record Sources(
            SystemTrust system,
            List<X509Certificate> given,
            List<Path> directories,
            Map<String, ClientIdentity> identities) {
        /** Copies the collections. */
        public Sources {
            given = List.copyOf(given);
            directories = List.copyOf(directories);
            identities = Map.copyOf(identities);
        }
    }

    /** Reads nothing yet. */
    public HostTls(Sources sources) {
        this.sources = sources;
        this.directories = new HostDirectories(sources.directories());
    }

    /** Reads the certificates of a file. */
    public static List<X509Certificate> certificates(Path file) {
        return PemFile.read(file).certificates();
    }

    /** Where programs of the field keep certificates by registry. */
    public static List<Path> usualDirectories(Path home) {
        return HostDirectories.usual(home);
    }

    @Override
    public SSLContext context(Origin origin, boolean verified) {
        HostDirectories.Found found = directories.find(origin);
        List<ClientIdentity> identities = new ArrayList<>(found.identities());
        for (String name : HostDirectories.names(origin)) {
            if (sources.identities().containsKey(name)) {
                identities.add(0, sources.identities().get(name));
            }
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(identities), trust(found, verified), null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalStateException("this Java runtime cannot do TLS", unusable);
        }
    }

    private TrustManager[] trust(HostDirectories.Found found, boolean verified)
            throws GeneralSecurityException, IOException {
        if (!verified) {
            return new TrustManager[] {new TrustAll()};
        }
        Set<X509Certificate> trusted = new LinkedHashSet<>(system());
        trusted.addAll(sources.given());
        trusted.addAll(found.authorities());
        KeyStore store = emptyStore();
        int number = 0;
        for (X509Certificate authority : trusted) {
            store.setCertificateEntry("authority-" + number++, authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        String remark = sources.system().complaint().orElse("");
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager judge) {
                return new TrustManager[] {new ExplainingTrustManager(judge, remark)};
            }
        }
        throw new GeneralSecurityException("no trust manager for X.509");
    }

    private synchronized Set<X509Certificate> system() {
        Set<X509Certificate> loaded = system;
        if (loaded == null) {
            loaded = sources.system().load();
            system = loaded;
        }
        return loaded;
    }

    private static KeyManager @Nullable [] keys(List<ClientIdentity> identities)
            throws GeneralSecurityException, IOException {
        if (identities.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        int number = 0;
        for (ClientIdentity identity : identities) {
            store.setKeyEntry(
                    "client-" + number++,
                    identity.key(),
                    NO_PASSWORD,
                    identity.chain().toArray(Certificate[]::new));
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    /** In memory; nothing is kept under its password. */
    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
