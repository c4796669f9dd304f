/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.fuzz;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One entry point.
 *
 * @param type the class with {@code fuzzerTestOneInput(byte[])}
 */
record FuzzTarget(String type) {
    private static final Path SEEDS = Path.of("src", "test", "fuzz").toAbsolutePath();
    private static final String ROOT = "io.github.cnab4j.";

    /** All of them. */
    static List<FuzzTarget> all() {
        return Stream.of(
                        "fuzz.ReferenceFuzz",
                        "fuzz.ManifestFuzz",
                        "fuzz.BundleFuzz",
                        "fuzz.JsonFuzz",
                        "fuzz.UrlFuzz",
                        "fuzz.ConfigFuzz",
                        "fuzz.ArchiveFuzz",
                        "pem.PemFuzz",
                        "registry.auth.ChallengeFuzz",
                        "registry.endpoint.LinkFuzz",
                        "registry.endpoint.ReferrersFuzz")
                .map(name -> new FuzzTarget(ROOT + name))
                .toList();
    }

    String name() {
        return type.substring(type.lastIndexOf('.') + 1).replace("Fuzz", "").toLowerCase(java.util.Locale.ROOT);
    }

    /** The directory of its seeds: good inputs, and those that once did harm. */
    Path seeds() {
        return SEEDS.resolve(name());
    }

    List<byte[]> seedContents() throws IOException {
        try (Stream<Path> files = Files.list(seeds())) {
            return files.sorted().map(FuzzTarget::read).toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    void run(byte[] input) throws Throwable {
        MethodHandle entry = MethodHandles.lookup()
                .findStatic(Class.forName(type), "fuzzerTestOneInput", MethodType.methodType(void.class, byte[].class));
        entry.invoke(input);
    }

    @Override
    public String toString() {
        return name();
    }
}
