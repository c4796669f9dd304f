/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Gate;
import io.github.cnab4j.testkit.fault.InjectedFault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.Content;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.generate.GeneratedImage;
import io.github.cnab4j.testkit.generate.ImageSpec;
import io.github.cnab4j.testkit.log.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged command is ended in the middle of large blobs, and run again. */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs env of the GNU core utilities")
class InterruptedCommandIT {
    private static final int LAYERS = 8;
    private static final int LAYER = 600_000;
    private static final int WHOLE = 4;
    private static final int PART = 300_000;

    @TempDir
    Path directory;

    private final Gate gate = new Gate();
    /** Open from the start: it only tells who has come. */
    private final Gate uploads = new Gate();

    private TestRegistry source;
    private TestRegistry target;
    private GeneratedImage image;
    private PackagedCommand command;

    @BeforeEach
    void fill() throws IOException {
        source = TestRegistry.start();
        target = TestRegistry.start();
        image = new ContentGenerator(1).image(ImageSpec.small().withLayers(LAYERS, LAYER));
        GeneratedBundle bundle = new BundleBuilder(source.host(), "app", image).build();
        source.load(bundle);
        uploads.open();
        target.inject(RequestPattern.of("PUT", Kind.UPLOAD), Fault.hold(uploads));
        command = new PackagedCommand(directory.resolve("work"), directory.resolve("logs"));
        Files.write(directory.resolve("work").resolve("bundle.json"), bundle.bytes());
    }

    @AfterEach
    void close() {
        gate.open();
        target.close();
        source.close();
    }

    private PackagedCommand.Run start(String verb, String to) throws IOException {
        String from = source.host() + "/"
                + new BundleBuilder(source.host(), "app", image)
                        .build()
                        .invocationImage()
                        .repository();
        return verb.equals("copy")
                ? command.start("copy", from + ":" + tag(), to)
                : command.start(verb, "bundle.json", "-t", to);
    }

    private String tag() {
        return new BundleBuilder(source.host(), "app", image)
                .build()
                .invocationImage()
                .tag();
    }

    /** Some of the layers stop in the middle; gives the fault that does it. */
    private InjectedFault holdTheLastLayers() {
        return source.inject(
                RequestPattern.of("GET", Kind.BLOB)
                        .and(request -> image.layers().stream()
                                .anyMatch(layer -> request.path().endsWith(layer.digest()))),
                Occurrence.after(WHOLE),
                Fault.holdAfter(gate, PART));
    }

    private List<String> blobs() {
        return image.blobs().stream().map(Content::digest).toList();
    }

    private List<String> askedOfTheSource() {
        return source.log().requests(request -> request.kind() == Kind.BLOB).stream()
                .map(request -> request.path().substring(request.path().lastIndexOf('/') + 1))
                .filter(blobs()::contains)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"push, INT", "push, TERM", "copy, INT", "copy, TERM", "fixup, INT"})
    void anInterruptCancelsWhatIsOpen_andSaysHowToGoOn(String verb, String signal) throws Exception {
        InjectedFault hold = holdTheLastLayers();
        String to = target.host() + "/target:1";
        PackagedCommand.Run run = start(verb, to);
        assertThat(gate.awaitArrivals(LAYERS - WHOLE, PackagedCommand.PATIENCE)).isTrue();
        assertThat(uploads.awaitArrivals(LAYERS, PackagedCommand.PATIENCE)).isTrue();
        assertThat(target.openUploads()).isPositive();

        run.signal(signal);

        assertThat(run.await()).isEqualTo(130);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).endsWith("""
                        Error: interrupted
                        Hint: Run the same command again: what the target has is not sent again.
                        """).doesNotContain("\tat ");
        assertThat(target.openUploads()).isZero();
        assertThat(target.repository("target").tags()).isEmpty();
        assertThat(directory.resolve("work").toFile().list()).containsExactly("bundle.json");

        assertOnlyWhatIsMissingMoves(hold, verb, to);
    }

    @ParameterizedTest
    @CsvSource({"push", "copy"})
    void aKilledRun_isContinuedByRunningItAgain(String verb) throws Exception {
        InjectedFault hold = holdTheLastLayers();
        String to = target.host() + "/target:1";
        PackagedCommand.Run run = start(verb, to);
        assertThat(gate.awaitArrivals(LAYERS - WHOLE, PackagedCommand.PATIENCE)).isTrue();

        run.signal("KILL");

        assertThat(run.await()).isEqualTo(137);
        assertOnlyWhatIsMissingMoves(hold, verb, to);
    }

    private void assertOnlyWhatIsMissingMoves(InjectedFault hold, String verb, String to) throws Exception {
        List<String> there = target.repository("target").blobs();
        List<String> missing =
                blobs().stream().filter(blob -> !there.contains(blob)).toList();
        assertThat(missing).hasSizeGreaterThanOrEqualTo(LAYERS - WHOLE);
        source.remove(hold);
        source.log().clear();
        target.log().clear();

        start(verb, to).succeeds();

        assertThat(askedOfTheSource()).hasSameElementsAs(missing).doesNotHaveDuplicates();
        assertThat(target.log()
                        .requests(request -> request.method().equals("PUT")
                                && request.kind() == Kind.UPLOAD
                                && blobs().stream().anyMatch(request.query()::contains)))
                .hasSizeLessThanOrEqualTo(missing.size());
        assertThat(target.repository("target").blobs()).containsAll(blobs());
    }

    @ParameterizedTest
    @CsvSource({"push, INT", "copy, INT", "push, KILL", "copy, KILL"})
    void aLayoutIsNeverHalf_andGetsOnlyWhatItLacks(String verb, String signal) throws Exception {
        InjectedFault hold = holdTheLastLayers();
        Path layout = directory.resolve("work").resolve("layout");
        PackagedCommand.Run run = start(verb, "oci:layout:1");
        assertThat(gate.awaitArrivals(LAYERS - WHOLE, PackagedCommand.PATIENCE)).isTrue();

        run.signal(signal);

        assertThat(run.await()).isEqualTo(signal.equals("INT") ? 130 : 137);
        if (signal.equals("INT")) {
            assertThat(parts(layout)).isEmpty();
        }
        List<String> there = LayoutCheck.blobs(layout);
        List<String> missing =
                blobs().stream().filter(blob -> !there.contains(blob)).toList();
        source.remove(hold);
        source.log().clear();

        start(verb, "oci:layout:1").succeeds();

        assertThat(askedOfTheSource()).containsExactlyInAnyOrderElementsOf(missing);
        LayoutCheck.check(layout, "1");
    }

    /** Content on its way, wherever in the layout it waits. */
    private static List<Path> parts(Path layout) throws IOException {
        try (Stream<Path> files = Files.walk(layout)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }
}
