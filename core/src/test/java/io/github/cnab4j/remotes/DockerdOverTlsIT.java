/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.certificates.Authority;
import io.github.cnab4j.certificates.Issued;
import io.github.cnab4j.docker.DockerEngine;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.real.RealEngine;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract with Debian's docker at another machine, as it were: over TCP, with certificates of both sides. */
class DockerdOverTlsIT extends RealEngineContract {
    private final Authority engines = Authority.named("engines");
    private final Authority clients = Authority.named("clients");

    @TempDir
    Path home;

    private String host = "";
    private Path own = Path.of("");

    @Override
    RealEngine start(Path files) throws Exception {
        RealEngine engine = RealEngine.dockerOverTls(files, clients, engines.issue("127.0.0.1"));
        host = engine.host();
        own = files.resolve("client");
        return engine;
    }

    /** By the environment, as {@code docker} is told. */
    @Override
    DockerEngine connect(RealEngine started) throws Exception {
        writeKeys(own, clients.issue("client"));
        return DockerEngine.fromEnvironment(environment(own), own);
    }

    private Map<String, String> environment(Path keys) {
        return Map.of("DOCKER_HOST", host, "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", keys.toString());
    }

    private void writeKeys(Path place, Issued client) throws IOException {
        Files.createDirectories(place);
        Files.writeString(place.resolve("ca.pem"), engines.pem());
        Files.writeString(place.resolve("cert.pem"), client.pem());
        Files.writeString(place.resolve("key.pem"), client.keyPem());
    }

    @Test
    void contextLeadsToTheEngineToo() throws Exception {
        String id = Digest.sha256("far".getBytes(StandardCharsets.UTF_8)).hex();
        Path contexts = home.resolve(".docker/contexts");
        Path meta = Files.createDirectories(contexts.resolve("meta").resolve(id));
        Files.writeString(
                meta.resolve("meta.json"), "{\"Name\":\"far\",\"Endpoints\":{\"docker\":{\"Host\":\"" + host + "\"}}}");
        writeKeys(contexts.resolve("tls").resolve(id).resolve("docker"), clients.issue("client"));
        Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"far\"}");

        try (DockerEngine engine = DockerEngine.fromEnvironment(Map.of(), home)) {
            assertThat(engine.inspect(CallScope.unbounded(), "localhost/app:1")).isPresent();
        }
    }

    @Test
    void clientThatTheEnginesAuthorityDoesNotKnow_isToldWhatItNeeds() throws Exception {
        Path keys = home.resolve("keys");
        writeKeys(keys, engines.issue("client"));

        try (DockerEngine engine = DockerEngine.fromEnvironment(environment(keys), home)) {
            CnabException failure = catchThrowableOfType(
                    CnabException.class, () -> engine.inspect(CallScope.unbounded(), "localhost/app:1"));

            assertThat(failure.hint().orElseThrow()).contains("cert.pem");
        }
    }

    @Test
    void engineThatAnotherAuthoritySigned_isRefused() throws Exception {
        Path keys = home.resolve("keys");
        writeKeys(keys, clients.issue("client"));
        Files.writeString(keys.resolve("ca.pem"), clients.pem());

        try (DockerEngine engine = DockerEngine.fromEnvironment(environment(keys), home)) {
            CnabException failure = catchThrowableOfType(
                    CnabException.class, () -> engine.inspect(CallScope.unbounded(), "localhost/app:1"));

            assertThat(failure.hint().orElseThrow()).contains("ca.pem");
        }
    }
}
