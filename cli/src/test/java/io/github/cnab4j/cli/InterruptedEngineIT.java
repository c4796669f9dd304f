/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.docker.DockerEngine;
import io.github.cnab4j.docker.FakeEngine;
import io.github.cnab4j.docker.SavedImages;
import io.github.cnab4j.real.RealEngine;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Gate;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command is interrupted while an image leaves an engine, in either of the two ways. */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs env of the GNU core utilities")
class InterruptedEngineIT {
    private static final String IMAGE = "localhost/app:1";
    private static final RequestPattern UPLOAD = RequestPattern.of(Kind.UPLOAD)
            .and(request -> request.method().equals("PATCH") || request.method().equals("PUT"));

    @TempDir
    Path directory;

    private final Gate gate = new Gate();
    private TestRegistry target;
    private Path temporary;
    private PackagedCommand command;

    @BeforeEach
    void prepare() throws IOException {
        target = TestRegistry.start();
        temporary = Files.createDirectory(directory.resolve("tmp"));
        command = new PackagedCommand(directory.resolve("work"), directory.resolve("logs"));
        Files.writeString(
                directory.resolve("work").resolve("bundle.json"),
                "{\"schemaVersion\":\"v1.0.0\",\"name\":\"app\",\"version\":\"0.1.0\",\"invocationImages\":[{\"imageType\":\"docker\",\"image\":\""
                        + IMAGE + "\"}]}");
    }

    @AfterEach
    void close() {
        gate.open();
        target.close();
    }

    private PackagedCommand.Run start(String engine, String... line) throws IOException {
        return command.start(
                Map.of("DOCKER_HOST", engine, "CNAB4J_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary), "", line);
    }

    private String[] push() {
        return new String[] {"push", "bundle.json", "-t", target.host() + "/target:1", "--auto-update-bundle"};
    }

    private String[] export() {
        return new String[] {"copy", "docker-daemon:" + IMAGE, target.host() + "/target:1"};
    }

    private void interrupt(PackagedCommand.Run run) throws Exception {
        run.signal("INT");

        assertThat(run.await()).isEqualTo(130);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).endsWith("""
                        Error: interrupted
                        Hint: Run the same command again: what the target has is not sent again.
                        """).doesNotContain("\tat ");
        assertThat(temporary).isEmptyDirectory();
        assertThat(directory.resolve("work").toFile().list()).containsExactly("bundle.json");
        assertThat(target.repository("target").tags()).isEmpty();
    }

    /** The engine's own uploads are its own; its tag is ours. */
    @Test
    void anInterruptOfAnEnginesPush_takesItsTagAway_andTheNextRunSucceeds() throws Exception {
        try (RealEngine engine = RealEngine.docker(directory.resolve("engine"))) {
            engine.load(SavedImages.docker20(IMAGE).build());
            target.inject(UPLOAD, Fault.hold(gate));
            PackagedCommand.Run run = start(engine.host(), push());
            assertThat(gate.awaitArrivals(1, PackagedCommand.PATIENCE)).isTrue();

            interrupt(run);

            try (DockerEngine looked = DockerEngine.at(engine.host())) {
                assertThat(looked.inspect(CallScope.unbounded(), IMAGE)
                                .orElseThrow()
                                .names())
                        .containsExactly(IMAGE);
            }
            gate.open();
            target.clearFaults();
            start(engine.host(), push()).succeeds();
            assertThat(target.repository("target").tags()).contains("1");
        }
    }

    @Test
    void anInterruptOfAnExport_cancelsItsUploads_andTheNextRunSucceeds() throws Exception {
        try (RealEngine engine = RealEngine.docker(directory.resolve("engine"))) {
            engine.load(SavedImages.docker20(IMAGE).build());
            target.inject(UPLOAD, Fault.hold(gate));
            PackagedCommand.Run run = start(engine.host(), export());
            assertThat(gate.awaitArrivals(1, PackagedCommand.PATIENCE)).isTrue();

            interrupt(run);

            assertThat(target.openUploads()).isZero();
            gate.open();
            target.clearFaults();
            start(engine.host(), export()).succeeds();
            assertThat(target.repository("target").tags()).containsExactly("1");
        }
    }

    /** Half of the archive lies in a temporary file by then. */
    @Test
    void anInterruptWhileAnEngineSavesAnImage_leavesNoFile() throws Exception {
        byte[] archive = SavedImages.docker20(IMAGE).build();
        CountDownLatch half = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (FakeEngine engine = FakeEngine.onSocket(directory.resolve("engine.sock"))) {
            String found = "{\"Id\":\"sha256:" + "ab".repeat(32) + "\",\"RepoTags\":[\"" + IMAGE + "\"],\"Size\":12}";
            engine.on("GET /images/" + IMAGE + "/json", 200, found);
            FakeEngine.Script whole = FakeEngine.chunked(false, Arrays.copyOf(archive, archive.length / 2));
            FakeEngine.Script stops = out -> {
                whole.answer(out);
                out.flush();
                half.countDown();
                try {
                    end.await();
                } catch (InterruptedException over) {
                    Thread.currentThread().interrupt();
                }
            };
            engine.on("GET /images/" + IMAGE + "/get", stops);
            PackagedCommand.Run run = start(engine.host(), export());
            assertThat(half.await(PackagedCommand.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> engine.requests().toString())
                    .isTrue();

            interrupt(run);
        } finally {
            end.countDown();
        }
    }
}
