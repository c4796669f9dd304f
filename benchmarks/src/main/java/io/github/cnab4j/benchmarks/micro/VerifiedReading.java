/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.micro;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.store.Verified;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading 64 MiB through the check of size and digest, as every byte from outside is read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VerifiedReading {
    private static final int SIZE = 64 * 1024 * 1024;

    private final byte[] content = new byte[SIZE];
    private final byte[] buffer = new byte[128 * 1024];
    private final Descriptor descriptor;

    /** Makes the content. */
    public VerifiedReading() {
        new Random(5).nextBytes(content);
        this.descriptor = Descriptor.of(new MediaType("application/octet-stream"), content);
    }

    /** All of it. */
    @Benchmark
    public long verified() throws IOException {
        try (InputStream in = Verified.checking(new ByteArrayInputStream(content), descriptor, "memory")) {
            return drain(in);
        }
    }

    /** The same without the check: what copying the bytes alone costs. */
    @Benchmark
    public long unverified() throws IOException {
        return drain(new ByteArrayInputStream(content));
    }

    /** The hash alone. */
    @Benchmark
    public Digest hashed() {
        return Digest.sha256(content);
    }

    private long drain(InputStream in) throws IOException {
        long count = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            count += n;
        }
        return count;
    }
}
