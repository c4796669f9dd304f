/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that reads bytes from outside, on its seeds and on thousands of alterations of them, the same in each run. */
class FuzzTest {
    private static final int ALTERATIONS = 3000;
    private static final int LARGEST = 1 << 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static Stream<FuzzTarget> targets() {
        return FuzzTarget.all().stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void seedsAndWhatOnceDidHarm_giveAnAnswerOrARefusal(FuzzTarget target) throws Exception {
        List<byte[]> seeds = target.seedContents();
        assertThat(seeds).isNotEmpty();
        for (byte[] seed : seeds) {
            run(target, seed);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void alterationsByChance_giveAnAnswerOrARefusal(FuzzTarget target) throws Exception {
        List<byte[]> seeds = target.seedContents();
        Random random = new Random(20_261_124);
        assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 0; i < ALTERATIONS; i++) {
                run(target, altered(seeds, random));
            }
        });
    }

    private static void run(FuzzTarget target, byte[] input) {
        try {
            target.run(input);
        } catch (Throwable harm) {
            byte[] shown = Arrays.copyOf(input, Math.min(input.length, 4096));
            throw new AssertionError(
                    target + " fails on (Base64) " + Base64.getEncoder().encodeToString(shown), harm);
        }
    }

    /** Some bytes flipped, cut out, repeated, or taken from another seed. */
    private static byte[] altered(List<byte[]> seeds, Random random) {
        byte[] input = pick(seeds, random).clone();
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(input.length + 1);
            int length = random.nextInt(Math.min(64, input.length - at) + 1);
            switch (random.nextInt(5)) {
                case 0 -> {
                    if (at < input.length) {
                        input[at] = (byte) random.nextInt(256);
                    }
                }
                case 1 -> input = joined(Arrays.copyOf(input, at), tail(input, at + length));
                case 2 -> {
                    byte[] part = Arrays.copyOfRange(input, at, at + length);
                    byte[] start = Arrays.copyOf(input, at);
                    for (int n = random.nextInt(50); n > 0 && start.length < LARGEST; n--) {
                        start = joined(start, part);
                    }
                    input = joined(start, tail(input, at));
                }
                case 3 -> {
                    byte[] other = pick(seeds, random);
                    int from = random.nextInt(other.length + 1);
                    input = joined(Arrays.copyOf(input, at), tail(other, from));
                }
                default ->
                    input = joined(
                            joined(
                                    Arrays.copyOf(input, at),
                                    new byte[] {(byte) (" \"\\,:;=<>{}[]/@?#%\n\0".charAt(random.nextInt(20)))}),
                            tail(input, at));
            }
        }
        return input;
    }

    private static byte[] pick(List<byte[]> seeds, Random random) {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, Math.min(from, bytes.length), bytes.length);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }
}
