/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.micro;

import io.github.cnab4j.benchmarks.workload.Content;
import io.github.cnab4j.benchmarks.workload.WorkloadContent;
import io.github.cnab4j.bundle.Bundle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a bundle of 300 component images, and writing its canonical form. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CanonicalBundle {
    private static final int COMPONENTS = 300;

    private final byte[] text;
    private final Bundle bundle;

    /** Makes the bundle. */
    public CanonicalBundle() {
        List<WorkloadContent.Image> images = IntStream.rangeClosed(0, COMPONENTS)
                .mapToObj(i -> new WorkloadContent.Image(
                        "team/application/c" + i,
                        new Content(
                                "application/vnd.oci.image.manifest.v1+json", "sha256:" + "%064x".formatted(i), 1234)))
                .toList();
        this.text = new WorkloadContent(images, List.of(), List.of())
                .bundle("application", "registry.example")
                .getBytes(StandardCharsets.UTF_8);
        this.bundle = Bundle.parse(text);
    }

    /** The canonical form of a bundle that was read. */
    @Benchmark
    public byte[] canonical() {
        return bundle.canonical();
    }

    /** Reading. */
    @Benchmark
    public Bundle parse() {
        return Bundle.parse(text);
    }
}
