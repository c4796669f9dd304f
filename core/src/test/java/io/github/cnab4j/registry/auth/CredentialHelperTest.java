/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that keep credentials: asked when it matters, once, and nothing they say gets out. */
@DisabledOnOs(OS.WINDOWS)
class CredentialHelperTest {
    private static final String SECRET = "planted-secret";

    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();

    private void helper(String name, String... body) throws IOException {
        Path program = directory.resolve("docker-credential-" + name);
        Files.writeString(program, "#!/bin/sh\n" + String.join("\n", body) + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private HelperCredentials credentials() {
        return new HelperCredentials(new HelperPrograms(directory.toString()), nanos::get);
    }

    private int calls() throws IOException {
        Path log = directory.resolve("log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    private String log() {
        return "echo called >> '" + directory.resolve("log") + "'";
    }

    @Test
    void isAskedOnceForManyRequests_andAgainAfterSomeMinutes() throws IOException {
        helper("test", log(), "echo '{\"Username\":\"ann\",\"Secret\":\"" + SECRET + "\"}'");
        HelperCredentials credentials = credentials();

        assertThat(credentials.get("test", "registry.test")).contains(new Credential.Basic("ann", SECRET));
        assertThat(credentials.get("test", "registry.test")).isPresent();
        assertThat(calls()).isEqualTo(1);
        nanos.addAndGet(301_000_000_000L);
        assertThat(credentials.get("test", "registry.test")).isPresent();
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void thatEndsAtOnce_isHeardEachTime() throws IOException {
        helper("test", "echo '{\"Username\":\"ann\",\"Secret\":\"" + SECRET + "\"}'");
        HelperCredentials credentials = credentials();

        for (int i = 0; i < 100; i++) {
            assertThat(credentials.get("test", "registry" + i + ".test")).isPresent();
        }
    }

    @Test
    void withoutACredential_isEmpty() throws IOException {
        helper("test", "echo 'credentials not found in native keychain'", "exit 1");

        assertThat(credentials().get("test", "registry.test")).isEmpty();
    }

    @Test
    void thatFails_isNamedWithoutWhatItSaid() throws IOException {
        helper("test", "echo '" + SECRET + "'", "echo '" + SECRET + "' >&2", "exit 3");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> credentials().get("test", "registry.test"))
                .withMessageContaining("docker-credential-test")
                .withMessageContaining("registry.test")
                .withMessageContaining("exit code 3")
                .withMessageNotContaining(SECRET)
                .returns(ErrorCode.INVALID_CONFIGURATION, InvalidInputException::code);
    }

    @Test
    void thatFails_isNotRunAgainForTheNextRequest() throws IOException {
        helper("test", log(), "exit 3");
        HelperCredentials credentials = credentials();

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> credentials.get("test", "registry.test"));
        }

        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void thatAnswersAnythingButJson_isNamedWithoutWhatItSaid() throws IOException {
        helper("test", "echo '" + SECRET + "'");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> credentials().get("test", "registry.test"))
                .withMessageContaining("docker-credential-test")
                .withMessageNotContaining(SECRET);
    }

    @Test
    void thatNeverStopsTalking_isStopped() throws IOException {
        helper("test", "while echo 0123456789; do :; done");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> credentials().get("test", "registry.test"))
                .withMessageContaining("length");
    }

    @Test
    void thatDoesNotReadItsInput_countsAll() throws IOException {
        helper("test", "exec 0<&-", "echo '{\"Username\":\"ann\",\"Secret\":\"" + SECRET + "\"}'");

        assertThat(credentials().get("test", "r".repeat(200_000))).isPresent();
    }

    /** The name comes from a file; the programs that may be run are those on the search path. */
    @ParameterizedTest
    @ValueSource(strings = {"../evil", "evil/../test", "/bin/true", "", "a b", "missing", "-x"})
    void ofAnotherName_isNotRun(String name) throws IOException {
        helper("test", log());

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> credentials().get(name, "registry.test"))
                .withMessageContaining("not on the search path");
        assertThat(calls()).isZero();
    }

    @Test
    void inTheWorkingDirectory_isNotRun() {
        assertThat(new HelperPrograms(".:relative:").find("test")).isEmpty();
    }

    @Test
    void keepsAndForgets() throws IOException {
        helper(
                "test",
                "[ \"$1\" = store ] && cat > '" + directory.resolve("kept") + "' && exit 0",
                "[ \"$1\" = get ] && echo 'credentials not found in native keychain'",
                "exit 1");
        CredentialHelper helper = new CredentialHelper("test", new HelperPrograms(directory + ":/bin:/usr/bin"));

        helper.store("registry.test", "ann", SECRET);

        assertThat(Files.readString(directory.resolve("kept")))
                .isEqualTo("{\"Secret\":\"" + SECRET + "\",\"ServerURL\":\"registry.test\",\"Username\":\"ann\"}");
        assertThat(helper.erase("registry.test")).isFalse();
    }

    @Test
    void neitherForgettingNorSayingWhatItHas_isNoSuccess() throws IOException {
        helper("test", "exit 1");
        CredentialHelper helper = new CredentialHelper("test", new HelperPrograms(directory + ":/bin:/usr/bin"));

        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> helper.erase("registry.test"));
    }

    @Test
    void podmansFileCountsWhereDockersSaysNothing() throws IOException {
        Path file = directory.resolve("containers/auth.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"auths\":{\"registry.test\":{\"auth\":\"YW5uOm9uZQ==\"}}}");

        DockerConfig found = DockerConfig.fromEnvironment(
                Map.of("XDG_RUNTIME_DIR", directory.toString()), directory.resolve("home"));

        assertThat(found.find("registry.test", "app")).contains(new Credential.Basic("ann", "one"));
    }

    @Test
    void dockersFileCountsBeforePodmans() throws IOException {
        Files.writeString(
                directory.resolve("config.json"), "{\"auths\":{\"registry.test\":{\"auth\":\"Ym9iOnR3bw==\"}}}");
        Path podmans = Files.write(
                directory.resolve("auth.json"),
                List.of("{\"auths\":{\"registry.test\":{\"auth\":\"YW5uOm9uZQ==\"}}}"),
                StandardCharsets.UTF_8);

        DockerConfig found = DockerConfig.fromEnvironment(
                Map.of("DOCKER_CONFIG", directory.toString(), "REGISTRY_AUTH_FILE", podmans.toString()), directory);

        assertThat(found.find("registry.test", "app")).contains(new Credential.Basic("bob", "two"));
        assertThat(found).asString().doesNotContain("two").doesNotContain("one");
    }
}
