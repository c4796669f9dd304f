/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.certificates.Authority;
import io.github.cnab4j.certificates.Issued;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine behind TLS that wants to know its clients. */
class EngineTlsTest {
    private static final Authority AUTHORITY = Authority.named("engines");
    private static final Authority STRANGER = Authority.named("stranger");

    @TempDir
    Path directory;

    private Path keys;
    private final Map<String, String> environment = new HashMap<>();
    private FakeEngine fake;

    @BeforeEach
    void writeKeys() throws IOException {
        keys = Files.createDirectories(directory.resolve("keys"));
        writeKeys(keys, AUTHORITY, AUTHORITY.issue("client"));
        start(AUTHORITY.issue("127.0.0.1"));
        environment.put("DOCKER_TLS_VERIFY", "1");
        environment.put("DOCKER_CERT_PATH", keys.toString());
    }

    @AfterEach
    void stop() throws IOException {
        fake.close();
    }

    private static void writeKeys(Path place, Authority engines, Issued client) throws IOException {
        Files.createDirectories(place);
        Files.writeString(place.resolve("ca.pem"), engines.pem());
        Files.writeString(place.resolve("cert.pem"), client.pem());
        Files.writeString(place.resolve("key.pem"), client.keyPem());
    }

    private void start(Issued own) throws IOException {
        if (fake != null) {
            fake.close();
        }
        fake = FakeEngine.overTls(own.serverContext(AUTHORITY));
        fake.on("GET /images/app:1/json", 200, "{\"Id\":\"sha256:ab\",\"RepoTags\":[\"app:1\"],\"Size\":12}");
        environment.put("DOCKER_HOST", fake.host());
    }

    private Optional<EngineImage> inspect() {
        try (DockerEngine engine = DockerEngine.fromEnvironment(environment, directory)) {
            return engine.inspect(CallScope.unbounded(), "app:1");
        }
    }

    private CnabException failure() {
        CnabException failure = catchThrowableOfType(CnabException.class, this::inspect);
        assertThat(failure).isNotNull();
        assertThat(fake.requests()).isEmpty();
        return failure;
    }

    @Test
    void engineOfTheEnvironment_isShownTheClientsCertificate() {
        assertThat(inspect()).isPresent();
    }

    @Test
    void engineOfAContext_isShownTheContextsCertificate() throws IOException {
        String id = Digest.sha256("safe".getBytes(StandardCharsets.UTF_8)).hex();
        Path contexts = directory.resolve(".docker/contexts");
        Path meta = Files.createDirectories(contexts.resolve("meta").resolve(id));
        Files.writeString(
                meta.resolve("meta.json"),
                "{\"Name\":\"safe\",\"Endpoints\":{\"docker\":{\"Host\":\"" + fake.host() + "\"}}}");
        writeKeys(contexts.resolve("tls").resolve(id).resolve("docker"), AUTHORITY, AUTHORITY.issue("client"));
        environment.clear();
        environment.put("DOCKER_CONTEXT", "safe");

        assertThat(inspect()).isPresent();
    }

    @Test
    void engineThatAnotherAuthoritySigned_isRefused() throws IOException {
        start(STRANGER.issue("127.0.0.1"));

        assertThat(failure().hint()).hasValueSatisfying(hint -> assertThat(hint).contains("ca.pem"));
    }

    @Test
    void engineWithACertificateForAnotherName_isRefused() throws IOException {
        start(AUTHORITY.issue("other.test"));

        assertThat(failure().hint()).hasValueSatisfying(hint -> assertThat(hint).contains("ca.pem"));
    }

    @Test
    void unverifiedEngine_isSpokenToWhateverItsCertificate() throws IOException {
        start(STRANGER.issue("other.test"));
        environment.remove("DOCKER_TLS_VERIFY");
        environment.put("DOCKER_TLS", "1");

        assertThat(inspect()).isPresent();
    }

    @Test
    void clientWhomTheEngineDoesNotKnow_isToldWhatItNeeds() throws IOException {
        Files.delete(keys.resolve("cert.pem"));
        Files.delete(keys.resolve("key.pem"));

        assertThat(failure().hint()).hasValueSatisfying(hint -> assertThat(hint).contains("cert.pem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cert.pem", "key.pem"})
    void halfOfAnIdentity_isRefused(String absent) throws IOException {
        Files.delete(keys.resolve(absent));

        assertThat(failure()).hasMessageEndingWith(absent + " cannot be read: no such file");
    }

    @Test
    void keyOfAnotherCertificate_isRefused() throws IOException {
        Files.writeString(keys.resolve("key.pem"), AUTHORITY.issue("client").keyPem());

        CnabException failure = failure();
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
        assertThat(failure).hasMessageContaining("does not belong to the certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "cert.pem"})
    void damagedFile_isNamed(String damaged) throws IOException {
        Files.writeString(keys.resolve(damaged), "nothing");

        assertThat(failure()).hasMessageContaining(damaged + ", line 1: there is no certificate");
    }
}
