/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which engine is asked, as Docker's client decides it. */
class EngineFinderTest {
    @TempDir
    Path root;

    private final Map<String, String> environment = new HashMap<>();
    private Path home;

    @BeforeEach
    void home() throws IOException {
        home = Files.createDirectories(root.resolve("home/ann"));
    }

    @ParameterizedTest
    @CsvSource({
        "unix:///var/run/x.sock, unix:///var/run/x.sock",
        "tcp://10.0.0.1, tcp://10.0.0.1:2375",
        "tcp://10.0.0.1:99/, tcp://10.0.0.1:99",
        "http://engine:99, tcp://engine:99",
        "tcp://[::1]:99, tcp://[::1]:99",
        "https://engine, https://engine:2376"
    })
    void hostOfTheEnvironmentComesFirst(String host, String address) throws IOException {
        environment.put("DOCKER_HOST", host);
        environment.put("DOCKER_CONTEXT", "other");
        context("other", "unix:///other.sock");

        assertThat(find()).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "unix://relative",
                "tcp://",
                "tcp://host/path",
                "tcp://host:99999999999",
                "ssh://me@host",
                "npipe:////./pipe/docker_engine",
                "fd://",
                "tcp://user:secret@host"
            })
    void hostThatCannotBeUsedIsSaidToBeThat(String host) {
        environment.put("DOCKER_HOST", host);

        InvalidInputException failure = catchThrowableOfType(InvalidInputException.class, this::find);

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
        assertThat(failure).hasMessageContaining("DOCKER_HOST").hasMessageNotContaining("secret");
        assertThat(failure.hint()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"DOCKER_TLS_VERIFY, true", "DOCKER_TLS, false"})
    void tlsOfTheEnvironmentTakesItsKeysFromTheirDirectory(String variable, boolean verified) {
        environment.put("DOCKER_HOST", "tcp://engine");
        environment.put(variable, "1");
        environment.put("DOCKER_CERT_PATH", root.resolve("keys").toString());

        EngineEndpoint endpoint = find();

        assertThat(endpoint.tls()).isEqualTo(new EngineTls(root.resolve("keys"), verified));
        assertThat(endpoint).hasToString("tcp://engine:2376");
    }

    @Test
    void tlsDoesNotConcernASocket() {
        environment.put("DOCKER_HOST", "unix:///x.sock");
        environment.put("DOCKER_TLS_VERIFY", "1");

        assertThat(find().tls()).isNull();
    }

    @Test
    void contextOfTheEnvironmentComesBeforeTheCurrentOne() throws IOException {
        context("one", "unix:///one.sock");
        context("two", "unix:///two.sock");
        configuration("{\"currentContext\":\"two\"}");
        assertThat(find()).hasToString("unix:///two.sock");

        environment.put("DOCKER_CONTEXT", "one");
        assertThat(find()).hasToString("unix:///one.sock");
    }

    @Test
    void contextsAreBelowTheConfiguredDirectory() throws IOException {
        Path elsewhere = root.resolve("elsewhere");
        environment.put("DOCKER_CONFIG", elsewhere.toString());
        environment.put("DOCKER_CONTEXT", "one");
        context(elsewhere, "one", "{\"Host\":\"unix:///one.sock\"}");

        assertThat(find()).hasToString("unix:///one.sock");
    }

    @Test
    void contextWithKeysSpeaksTls() throws IOException {
        Path configuration = home.resolve(".docker");
        context(configuration, "safe", "{\"Host\":\"tcp://engine\"}");
        Path keys = Files.createDirectories(configuration.resolve(
                "contexts/tls/" + Digest.sha256("safe".getBytes(UTF_8)).hex() + "/docker"));
        context(configuration, "lax", "{\"Host\":\"tcp://engine:5\",\"SkipTLSVerify\":true}");
        environment.put("DOCKER_CONTEXT", "safe");

        EngineEndpoint safe = find();
        assertThat(safe.tls()).isEqualTo(new EngineTls(keys, true));
        assertThat(safe).hasToString("tcp://engine:2376");

        environment.put("DOCKER_CONTEXT", "lax");
        assertThat(find().tls()).extracting(EngineTls::verified).isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "../../../etc", "broken", "empty"})
    void contextThatCannotBeUsedIsSaidToBeThat(String name) throws IOException {
        write(meta(home.resolve(".docker"), "broken"), "{\"Endpoints\":");
        write(meta(home.resolve(".docker"), "empty"), "{\"Endpoints\":{}}");
        environment.put("DOCKER_CONTEXT", name);

        InvalidInputException failure = catchThrowableOfType(InvalidInputException.class, this::find);

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
        assertThat(failure).hasMessageContaining("\"" + name + "\"").hasMessageContaining("DOCKER_CONTEXT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"currentContext\":\"default\"}", "{\"currentContext\":\"\"}", "{}", "broken"})
    void configurationWithoutContextLeavesTheSockets(String configuration) throws IOException {
        configuration(configuration);

        assertThat(find().host()).isEqualTo(new EngineHost.Unix(root.resolve("var/run/docker.sock")));
    }

    @Test
    void socketThatIsThereIsTakenInTheOrderOfTheField() throws IOException {
        Path runtime = root.resolve("run/user/1");
        environment.put("XDG_RUNTIME_DIR", runtime.toString());
        Path[] fromLastToFirst = {
            root.resolve("run/podman/podman.sock"),
            runtime.resolve("podman/podman.sock"),
            home.resolve(".docker/desktop/docker.sock"),
            home.resolve(".docker/run/docker.sock"),
            runtime.resolve("docker.sock"),
            root.resolve("var/run/docker.sock")
        };
        for (Path socket : fromLastToFirst) {
            write(socket, "");

            assertThat(find().host()).isEqualTo(new EngineHost.Unix(socket));
        }
    }

    private EngineEndpoint find() {
        return new EngineFinder(environment, home, root).find();
    }

    private void configuration(String json) throws IOException {
        write(home.resolve(".docker/config.json"), json);
    }

    private void context(String name, String host) throws IOException {
        context(home.resolve(".docker"), name, "{\"Host\":\"" + host + "\",\"SkipTLSVerify\":false}");
    }

    private static void context(Path configuration, String name, String engine) throws IOException {
        write(
                meta(configuration, name),
                "{\"Name\":\"" + name + "\",\"Metadata\":{},\"Endpoints\":{\"docker\":" + engine + "}}");
    }

    private static Path meta(Path configuration, String name) {
        return configuration.resolve(
                "contexts/meta/" + Digest.sha256(name.getBytes(UTF_8)).hex() + "/meta.json");
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
