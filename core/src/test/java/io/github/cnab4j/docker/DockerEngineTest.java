/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.error.CancelledException;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerEngineTest {
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final Reference NAME = Reference.parse("registry.test/app:cnab-image-1");
    private static final String PUSH = "POST /images/registry.test/app/push?tag=cnab-image-1";

    @TempDir
    Path directory;

    private FakeEngine fake;
    private DockerEngine engine;

    @BeforeEach
    void start() throws IOException {
        fake = FakeEngine.onSocket(directory.resolve("engine.sock"));
        engine = DockerEngine.at(fake.host());
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
        fake.close();
    }

    @Test
    void imageIsFoundWithItsNames() {
        fake.on(
                "GET /images/app:1/json",
                200,
                "{\"Id\":\"sha256:ab\",\"RepoTags\":[\"app:1\"],\"RepoDigests\":[\"x/y@sha256:cd\"],\"Size\":12,\"Other\":{}}");

        assertThat(engine.inspect(SCOPE, "app:1"))
                .contains(new EngineImage("sha256:ab", List.of("app:1", "x/y@sha256:cd"), 12));
    }

    @Test
    void imageWithoutNamesIsFound() {
        fake.on("GET /images/app:1/json", 200, "{\"Id\":\"sha256:ab\",\"RepoTags\":null,\"RepoDigests\":[]}");

        assertThat(engine.inspect(SCOPE, "docker.io/library/app:1"))
                .hasValueSatisfying(image -> assertThat(image.names()).isEmpty());
    }

    @Test
    void imageThatTheEngineHasNotIsAbsent() {
        assertThat(engine.inspect(SCOPE, "nope:1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../containers/x", "a b", "", "UPPER", "x?force=1", "x#y", "sha256:12"})
    void whatIsNoNameIsNotAskedFor(String image) {
        if (image.equals("sha256:12")) {
            engine.inspect(SCOPE, image);
            assertThat(fake.requests()).containsExactly("GET /v1.41/images/sha256:12/json");
            return;
        }
        assertThat(engine.inspect(SCOPE, image)).isEmpty();
        assertThat(fake.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.41, v1.41", "1.99, v1.51", "2.0, v1.51", "'', v1.24", "nonsense, v1.24", "1.24, v1.24"})
    void versionIsOneThatBothKnow(String stated, String asked) {
        fake.withVersion(stated);

        engine.inspect(SCOPE, "app:1");

        assertThat(fake.requests()).containsExactly("GET /" + asked + "/images/app:1/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "{}", "{\"Id\":7}", ""})
    void descriptionThatCannotBeReadIsAFailure(String body) {
        fake.on("GET /images/app:1/json", 200, body);

        TransportException failure =
                catchThrowableOfType(TransportException.class, () -> engine.inspect(SCOPE, "app:1"));

        assertThat(failure.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR);
        assertThat(failure).hasMessageContaining(fake.host());
    }

    @Test
    void descriptionWithoutEndIsNotReadToItsEnd() {
        fake.on("GET /images/app:1/json", out -> {
            FakeEngine.head(out, 200, "Connection: close");
            while (true) {
                out.write("{\"a\":[".repeat(1000).getBytes(UTF_8));
            }
        });

        assertThatThrownBy(() -> engine.inspect(SCOPE, "app:1")).isInstanceOf(TransportException.class);
    }

    @Test
    void wordsOfTheEngineAreTold() {
        fake.on("GET /images/app:1/json", 500, "{\"message\":\"disk\\u001b[31m on fire\\n\"}");

        RejectedException failure = catchThrowableOfType(RejectedException.class, () -> engine.inspect(SCOPE, "app:1"));

        assertThat(failure).hasMessageContaining("disk [31m on fire").hasMessageNotContaining("\u001b");
        assertThat(failure.status()).isEqualTo(500);
    }

    @Test
    void tagAndUntagNameTheImageAndTheTag() {
        fake.on("POST /images/app:1/tag?repo=registry.test/app&tag=cnab-image-1", 201, "");
        fake.on("DELETE /images/registry.test/app:cnab-image-1?noprune=1", 200, "[]");

        engine.tag(SCOPE, "app:1", NAME);
        engine.untag(SCOPE, NAME);

        assertThat(fake.requests()).hasSize(2).allMatch(request -> request.contains("cnab-image-1"));
    }

    @Test
    void namesAreNoQuery() {
        engine.inspect(SCOPE, "[::1]:5000/app:1");

        assertThat(fake.requests()).containsExactly("GET /v1.41/images/%5B::1%5D:5000/app:1/json");
    }

    @Test
    void tagOfWhatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> engine.tag(SCOPE, "app:1", NAME))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No such image");
    }

    @Test
    void pushTellsWhatTheEngineSays() {
        fake.on(
                PUSH,
                FakeEngine.chunked(
                        true,
                        "{\"status\":\"The push refers to repository [registry.test/app]\"}\r\n{\"sta".getBytes(UTF_8),
                        "tus\":\"Preparing\",\"progressDetail\":{},\"id\":\"ab\"}\r\n".getBytes(UTF_8),
                        "{\"status\":\"Pushing\",\"progressDetail\":{\"current\":1,\"total\":2},\"id\":\"ab\"}\n"
                                .getBytes(UTF_8),
                        "{\"progressDetail\":{},\"aux\":{\"Size\":5}}".getBytes(UTF_8)));
        List<PushProgress> said = new ArrayList<>();

        engine.push(SCOPE, NAME, EngineCredential.NONE, true, said::add);

        assertThat(said)
                .containsExactly(
                        new PushProgress("", "The push refers to repository [registry.test/app]", 0, 0),
                        new PushProgress("ab", "Preparing", 0, 0),
                        new PushProgress("ab", "Pushing", 1, 2));
        assertThat(said.get(1)).hasToString("ab: Preparing");
        assertThat(said.stream().map(PushProgress::isTransient)).containsExactly(false, false, true);
        assertThat(fake.credentials()).containsExactly("e30=");
    }

    @Test
    void pushCarriesTheCredential() {
        fake.on(PUSH, 200, "");

        engine.push(SCOPE, NAME, new EngineCredential("registry.test", "ann", "s3cret", "", ""), true, said -> {});

        assertThat(new String(Base64.getUrlDecoder().decode(fake.credentials().get(0)), UTF_8))
                .isEqualTo("{\"username\":\"ann\",\"password\":\"s3cret\",\"serveraddress\":\"registry.test\"}");
        assertThat(new EngineCredential("registry.test", "ann", "s3cret", "", "").toString())
                .doesNotContain("s3cret");
    }

    @Test
    void registryWithoutVerifiedTlsIsNamedAsSuch() {
        fake.on(PUSH + "&tlsVerify=false", 200, "");

        engine.push(SCOPE, NAME, EngineCredential.NONE, false, said -> {});

        assertThat(fake.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"errorDetail\":{\"message\":\"denied: no\"},\"error\":\"denied: no\"}', DENIED, 'denied: no'",
        "'{\"error\":\"unauthorized: log in\"}', UNAUTHORIZED, 'unauthorized: log in'",
        "'{\"errorDetail\":{\"message\":\"no basic auth credentials\"}}', UNAUTHORIZED, 'no basic auth'",
        "'{\"errorDetail\":{\"message\":\"toomanyrequests: wait\"}}', RATE_LIMITED, 'toomanyrequests'",
        "'{\"errorDetail\":{\"message\":\"Get https://r?token=x: dial\"}}', REJECTED, 'Get https://r?… dial'",
        "'{\"errorDetail\":{\"code\":5},\"error\":\"\"}', REJECTED, 'no reason given'"
    })
    void failureInTheStreamIsAFailure(String line, ErrorCode code, String words) {
        fake.on(PUSH, FakeEngine.chunked(true, "{\"status\":\"x\"}\n".getBytes(UTF_8), line.getBytes(UTF_8)));

        CnabException failure = catchThrowableOfType(
                CnabException.class, () -> engine.push(SCOPE, NAME, EngineCredential.NONE, true, said -> {}));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessageContaining(words).hasMessageContaining("registry.test/app:cnab-image-1");
        assertThat(failure.hint()).isPresent();
    }

    @Test
    void pushThatIsRefusedAtOnceIsAFailure() {
        fake.on(PUSH, 403, "{\"message\":\"not you\"}");

        assertThatThrownBy(() -> engine.push(SCOPE, NAME, EngineCredential.NONE, true, said -> {}))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("not you");
    }

    @Test
    void pushWhoseStreamIsCutIsAFailure() {
        fake.on(PUSH, FakeEngine.chunked(false, "{\"status\":\"x\"}\n".getBytes(UTF_8)));

        assertThatThrownBy(() -> engine.push(SCOPE, NAME, EngineCredential.NONE, true, said -> {}))
                .isInstanceOf(TransportException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[1]", "{\"a\":1}{\"b\":2}", "{\"status\""})
    void streamThatCannotBeReadIsAFailure(String line) {
        fake.on(PUSH, 200, line);

        TransportException failure = catchThrowableOfType(
                TransportException.class, () -> engine.push(SCOPE, NAME, EngineCredential.NONE, true, said -> {}));

        assertThat(failure.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR);
    }

    @Test
    void lineWithoutEndIsAFailure() {
        fake.on(PUSH, out -> {
            FakeEngine.head(out, 200, "Connection: close");
            while (true) {
                out.write("x".repeat(10_000).getBytes(UTF_8));
            }
        });

        assertThatThrownBy(() -> engine.push(SCOPE, NAME, EngineCredential.NONE, true, said -> {}))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("line of more than");
    }

    @Test
    void savedImageIsStreamed() throws IOException {
        byte[] part = new byte[100_000];
        fake.on("GET /images/app:1/get", FakeEngine.chunked(true, part, part, part));

        try (InputStream saved = engine.save(SCOPE, "app:1")) {
            assertThat(saved.readAllBytes()).hasSize(300_000);
        }
    }

    @Test
    void savedImageThatIsCutIsAFailure() throws IOException {
        fake.on("GET /images/app:1/get", FakeEngine.chunked(false, new byte[1000]));

        try (InputStream saved = engine.save(SCOPE, "app:1")) {
            assertThatThrownBy(saved::readAllBytes)
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining(fake.host());
        }
    }

    @Test
    void saveOfWhatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> engine.save(SCOPE, "app:1")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> engine.save(SCOPE, "NO NAME")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void stopEndsACallThatWaits() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        fake.on(PUSH, out -> {
            FakeEngine.head(out, 200, "Connection: close");
            asked.countDown();
            awaitQuietly(over);
        });
        Cancellation cancellation = new Cancellation();
        Thread stopper = new Thread(() -> {
            awaitQuietly(asked);
            cancellation.cancel();
        });
        stopper.start();

        assertThatThrownBy(() -> engine.push(cancellation, NAME, EngineCredential.NONE, true, said -> {}))
                .isInstanceOf(CancelledException.class);
        over.countDown();
        stopper.join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void engineOnAPortIsTheSame() throws IOException {
        try (FakeEngine other = FakeEngine.onPort();
                DockerEngine onPort = DockerEngine.at(other.host())) {
            other.on("GET /images/app:1/json", 200, "{\"Id\":\"sha256:ab\"}");

            assertThat(onPort.inspect(SCOPE, "app:1")).isPresent();
        }
    }

    @Test
    void socketThatIsNotThereIsNamedWithAWayOut() {
        try (DockerEngine absent = DockerEngine.at("unix://" + directory.resolve("none.sock"))) {
            TransportException failure =
                    catchThrowableOfType(TransportException.class, () -> absent.inspect(SCOPE, "app:1"));

            assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
            assertThat(failure).hasMessageContaining("none.sock").hasMessageContaining("no such socket");
            assertThat(failure.hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("DOCKER_HOST"));
        }
    }

    @Test
    void whoDoesNotSpeakHttpIsNoEngine() throws IOException {
        fake.on("GET /images/app:1/json", out -> out.write("SSH-2.0-x\r\n\r\n".getBytes(UTF_8)));

        assertThatThrownBy(() -> engine.inspect(SCOPE, "app:1")).isInstanceOf(TransportException.class);
    }

    @Test
    void nothingIsTouchedBeforeTheFirstCall() {
        try (DockerEngine lazy = DockerEngine.fromEnvironment(Map.of("DOCKER_HOST", "nonsense"), directory)) {
            assertThat(lazy).isNotNull();
            assertThatThrownBy(() -> lazy.inspect(SCOPE, "app:1"))
                    .isInstanceOfSatisfying(
                            CnabException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
                    .hasMessageContaining("\"nonsense\"");
        }
    }
}
