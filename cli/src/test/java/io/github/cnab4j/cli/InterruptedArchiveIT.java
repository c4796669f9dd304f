/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Gate;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.generate.GeneratedImage;
import io.github.cnab4j.testkit.generate.ImageSpec;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged command is ended while it writes or publishes an archive. */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs env of the GNU core utilities")
class InterruptedArchiveIT {
    private static final int LAYERS = 4;
    private static final int LAYER = 600_000;
    private static final int PART = 300_000;

    @TempDir
    Path directory;

    private final Gate gate = new Gate();
    private TestRegistry source;
    private TestRegistry target;
    private GeneratedImage image;
    private PackagedCommand command;
    private Path work;
    private Path temporary;
    private String bundle;

    @BeforeEach
    void push() throws Exception {
        source = TestRegistry.start();
        target = TestRegistry.start();
        image = new ContentGenerator(1).image(ImageSpec.small().withLayers(LAYERS, LAYER));
        GeneratedBundle generated = new BundleBuilder(source.host(), "app", image).build();
        source.load(generated);
        work = directory.resolve("work");
        temporary = Files.createDirectories(directory.resolve("temporary"));
        command = new PackagedCommand(work, directory.resolve("logs"));
        Files.write(directory.resolve("bundle.json"), generated.bytes());
        bundle = source.host() + "/bundle:1";
        run("push", directory.resolve("bundle.json").toString(), "-t", bundle).succeeds();
    }

    @AfterEach
    void close() {
        gate.open();
        target.close();
        source.close();
    }

    private PackagedCommand.Run run(String... args) throws IOException {
        return command.start(Map.of("CNAB4J_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary), "", args);
    }

    private void end(PackagedCommand.Run run, String signal) throws Exception {
        run.signal(signal);

        assertThat(run.await()).isEqualTo(130);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Error: interrupted\n").doesNotContain("\tat ");
        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void archive_leavesWhatWasThere_andNothingElse(String signal) throws Exception {
        Path file = Files.writeString(work.resolve("bundle.tgz"), "what was there");
        InjectedFault hold = source.inject(
                RequestPattern.of("GET", Kind.BLOB)
                        .and(request -> image.layers().stream()
                                .anyMatch(layer -> request.path().endsWith(layer.digest()))),
                Fault.holdAfter(gate, PART));
        PackagedCommand.Run run = run("archive", bundle, "bundle.tgz");
        assertThat(gate.awaitArrivals(1, PackagedCommand.PATIENCE)).isTrue();

        end(run, signal);

        assertThat(work.toFile().list()).containsExactly("bundle.tgz");
        assertThat(file).hasContent("what was there");
        source.remove(hold);
        run("archive", bundle, "bundle.tgz").succeeds();
        run("verify", "bundle.tgz").succeeds();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void publish_leavesNoTag_andNothingThatWasDecompressed(String signal) throws Exception {
        run("archive", bundle, "bundle.tgz").succeeds();
        InjectedFault hold = target.inject(RequestPattern.of("PUT", Kind.UPLOAD), Fault.hold(gate));
        PackagedCommand.Run run = run("publish", "bundle.tgz", target.host() + "/carried:1");
        assertThat(gate.awaitArrivals(1, PackagedCommand.PATIENCE)).isTrue();

        end(run, signal);

        assertThat(target.repository("carried").tags()).isEmpty();
        target.remove(hold);
        gate.open();
        run("publish", "bundle.tgz", target.host() + "/carried:1").succeeds();
    }
}
