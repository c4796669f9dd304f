/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.certificates.Authority;
import io.github.cnab4j.certificates.Issued;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.real.DockerRegistry;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.registry.auth.Credential;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.StoreContract;
import io.github.cnab4j.store.WritableStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real docker-registry as sites run it: TLS by an authority of their own, a client certificate, a user's password. */
class SecuredDockerRegistryIT extends StoreContract {
    @TempDir
    static Path directory;

    private static DockerRegistry registry;
    private static RegistryClient client;
    private static int repositories;

    @BeforeAll
    static void start() throws Exception {
        Authority authority = Authority.named("test authority");
        Authority clients = Authority.named("test clients");
        Issued server = authority.issueFor("RSA", "127.0.0.1");
        registry = DockerRegistry.startSecured(directory, server, clients, "ann", "s3cret");
        Path own = directory.resolve(Path.of(".docker", "certs.d", registry.host()));
        clients.issue("client").writeTo(own);
        Files.writeString(own.resolve("ca.crt"), authority.pem());
        client = RegistryClient.builder()
                .tls(TlsSettings.fromEnvironment(Map.of(), directory))
                .credentials((host, repository) -> Optional.of(new Credential.Basic("ann", "s3cret")))
                .build();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            client.close();
            registry.close();
        }
    }

    @Override
    protected WritableStore createStore() {
        return client.target(new Repository(registry.host(), "app/r" + repositories++));
    }

    /** It stores what is named by another algorithm under its SHA-256, and does not find it again. */
    @Override
    protected boolean takes(Digest.Algorithm algorithm) {
        return algorithm == Digest.Algorithm.SHA256;
    }

    @Test
    void withoutTheAuthority_itsNameIsSaid() {
        try (RegistryClient stranger = RegistryClient.builder().build()) {
            CnabException failure = catchThrowableOfType(
                    CnabException.class, () -> stranger.checkAccess(CallScope.unbounded(), registry.host()));

            assertThat(failure).hasMessageContaining("an authority that is not trusted (CN=test authority)");
            assertThat(failure.hint().orElseThrow()).contains("--ca-file");
        }
    }

    @Test
    void withoutAClientCertificate_thatIsSaid() {
        Path authority = directory.resolve(Path.of(".docker", "certs.d", registry.host(), "ca.crt"));
        try (RegistryClient stranger = RegistryClient.builder()
                .tls(TlsSettings.ofJava().withCaFile(authority))
                .build()) {
            CnabException failure = catchThrowableOfType(
                    CnabException.class, () -> stranger.checkAccess(CallScope.unbounded(), registry.host()));

            // Often enough the registry has hung up before its reason is heard.
            assertThat(failure.hint().orElseThrow()).contains("wants a client certificate", registry.host());
        }
    }
}
