/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.real.DockerRegistry;
import io.github.cnab4j.real.RealProgram;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.generate.BundleBuilder;
import io.github.cnab4j.testkit.generate.ContentGenerator;
import io.github.cnab4j.testkit.generate.GeneratedBundle;
import io.github.cnab4j.testkit.generate.ImageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged command is killed at moments of chance, and run by several processes at once. {@code -Dcnab4j.kills} is the number
 * of kills of each target, 6 by default; {@code -Dcnab4j.seed} repeats the moments of another run.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs env of the GNU core utilities")
class KilledCommandIT {
    private static final int KILLS = Integer.getInteger("cnab4j.kills", 6);
    private static final long SEED = Long.getLong("cnab4j.seed", System.nanoTime());
    /** Large enough for a kill to strike in the middle of one. */
    private static final int LAYER = 3_000_000;

    @TempDir
    Path directory;

    private TestRegistry source;
    private PackagedCommand command;
    private Path work;

    @BeforeEach
    void fill() throws IOException {
        source = TestRegistry.start();
        ContentGenerator generator = new ContentGenerator(1);
        BundleBuilder bundle = new BundleBuilder(
                source.host(), "app", generator.image(ImageSpec.small().withLayers(4, LAYER)));
        for (int i = 0; i < 4; i++) {
            bundle.component("part" + i, generator.image(ImageSpec.small().withLayers(3, LAYER / 2)));
        }
        GeneratedBundle built = bundle.build();
        source.load(built);
        work = directory.resolve("work");
        command = new PackagedCommand(work, directory.resolve("logs"));
        Files.write(work.resolve("bundle.json"), built.bytes());
    }

    @AfterEach
    void close() {
        source.close();
    }

    /** Somewhere a bundle can go, anew each time, and what is to be true of it. */
    private interface Target {
        String location(String name);

        /** After a kill. */
        void check(String name) throws Exception;

        /** After a success. */
        void checkWhole(String name, String digest) throws Exception;
    }

    private PackagedCommand.Run push(String to) throws IOException {
        return command.start("push", "bundle.json", "-t", to);
    }

    /** Kills it again and again; the next run has to succeed each time, with one and the same result. */
    private void kill(Target target) throws Exception {
        long begun = System.nanoTime();
        String undisturbed = push(target.location("undisturbed")).succeeds();
        long nanos = System.nanoTime() - begun;
        target.checkWhole("undisturbed", digest(undisturbed));
        Random chance = new Random(SEED);
        List<String> story = new ArrayList<>();
        int killed = 0;
        for (int i = 0; i < KILLS; i++) {
            String name = "kill" + i;
            long moment = (long) (chance.nextDouble() * nanos);
            PackagedCommand.Run run = push(target.location(name));
            if (!run.process().waitFor(moment, TimeUnit.NANOSECONDS)) {
                run.process().destroyForcibly();
            }
            int code = run.await();
            killed += code == 0 ? 0 : 1;
            story.add(TimeUnit.NANOSECONDS.toMillis(moment) + " ms: " + code);
            target.check(name);

            String result = push(target.location(name)).succeeds();

            assertThat(result).as("seed %d, %s", SEED, story).isEqualTo(undisturbed);
            target.checkWhole(name, digest(result));
        }
        System.out.printf(
                "seed %d: %d of %d runs of %d ms killed: %s%n",
                SEED, killed, KILLS, TimeUnit.NANOSECONDS.toMillis(nanos), story);
        assertThat(killed).isPositive();
    }

    @Test
    void aKilledPushToARegistry_isFinishedByTheNextRun() throws Exception {
        try (DockerRegistry registry = DockerRegistry.start(directory.resolve("registry"))) {
            kill(new Repositories(registry));
        }
    }

    @Test
    void aKilledPushToALayout_leavesItWhole_andIsFinishedByTheNextRun() throws Exception {
        kill(new Layouts());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void processesThatPushToOneRepository_allSucceed(int processes) throws Exception {
        try (DockerRegistry registry = DockerRegistry.start(directory.resolve("registry"))) {
            pushAtOnce(new Repositories(registry), processes);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void processesThatPushToOneLayout_allSucceed(int processes) throws Exception {
        pushAtOnce(new Layouts(), processes);
    }

    private void pushAtOnce(Target target, int processes) throws Exception {
        List<PackagedCommand.Run> runs = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            runs.add(push(target.location("shared")));
        }
        List<String> results = new ArrayList<>();
        for (PackagedCommand.Run run : runs) {
            results.add(run.succeeds());
        }
        assertThat(results).containsOnly(results.get(0));
        target.checkWhole("shared", digest(results.get(0)));
    }

    private static String digest(String result) {
        return result.replaceAll("(?s).*\"(sha256:[0-9a-f]{64})\".*", "$1");
    }

    /** Repositories of a real registry. */
    private final class Repositories implements Target {
        private final DockerRegistry registry;
        private final RealProgram skopeo = RealProgram.require("skopeo");

        Repositories(DockerRegistry registry) {
            this.registry = registry;
        }

        @Override
        public String location(String name) {
            return registry.host() + "/" + name + "/app:1";
        }

        @Override
        public void check(String name) {
            // What is there by digest was checked by the registry.
        }

        /** A copy reads all of it, and verifies what it reads. */
        @Override
        public void checkWhole(String name, String digest) throws Exception {
            String location = location(name);
            assertThat(skopeo.run("inspect", "--raw", "--tls-verify=false", "docker://" + location))
                    .contains("schemaVersion");
            Path copy = work.resolve("read-" + name);
            command.start("copy", location, "oci:" + work.relativize(copy) + ":1")
                    .succeeds();
            assertThat(LayoutCheck.check(copy, "1")).isEqualTo(digest);
        }
    }

    /** Layout directories. */
    private final class Layouts implements Target {
        private final RealProgram skopeo = RealProgram.require("skopeo");

        @Override
        public String location(String name) {
            return "oci:" + name + ":1";
        }

        @Override
        public void check(String name) throws IOException {
            Path layout = work.resolve(name);
            LayoutCheck.blobs(layout);
            if (Files.exists(layout.resolve("index.json"))) {
                assertThat(layout.resolve("index.json"))
                        .content()
                        .startsWith("{")
                        .endsWith("}");
            }
        }

        @Override
        public void checkWhole(String name, String digest) throws Exception {
            Path layout = work.resolve(name);
            assertThat(LayoutCheck.check(layout, "1")).isEqualTo(digest);
            assertThat(skopeo.run("inspect", "--raw", "oci:" + layout + ":1")).contains("schemaVersion");
        }
    }
}
