/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.workload;

import java.util.List;

/**
 * The shape of a set of images: one invocation image and a number of component images that look like it.
 *
 * @param label its name
 * @param components images beside the invocation image
 * @param shared sizes in bytes of the layers that all images have
 * @param own sizes in bytes of the layers that only one image has
 * @param platforms platforms of each image, {@code os/architecture[/variant]}; with more than one, an image is an index
 */
public record Workload(String label, int components, List<Long> shared, List<Long> own, List<String> platforms) {
    private static final List<String> ONE = List.of("linux/amd64");
    private static final List<String> SIX =
            List.of("linux/amd64", "linux/arm64", "linux/arm/v7", "linux/386", "linux/ppc64le", "linux/s390x");

    /** 21 images of a usual application: 30 + 20 + 10 MiB shared by all, 2 + 1 MiB of each image's own. */
    public static final Workload W1 =
            new Workload("w1", 20, List.of(mib(30), mib(20), mib(10)), List.of(mib(2), mib(1)), ONE);
    /** 3 large images that share nothing: 4 x 100 MiB each. */
    public static final Workload W2 =
            new Workload("w2", 2, List.of(), List.of(mib(100), mib(100), mib(100), mib(100)), ONE);
    /** 301 tiny images that share two layers: all round trips, no bytes. */
    public static final Workload W3 = new Workload("w3", 300, List.of(20_000L, 10_000L), List.of(1_000L), ONE);
    /** 11 images for six platforms each. */
    public static final Workload W7 = new Workload("w7", 10, List.of(), List.of(100_000L), SIX);
    /** 1,001 tiny images that share two layers: whether cost grows with the number of images only. */
    public static final Workload W1000 = new Workload("w1000", 1_000, List.of(20_000L, 10_000L), List.of(1_000L), ONE);
    /** One image with one layer of 4 GiB: whether memory grows with a blob. */
    public static final Workload BIG = new Workload("big", 0, List.of(), List.of(mib(4096)), ONE);

    private static final List<Workload> ALL = List.of(W1, W2, W3, W7, W1000, BIG);

    /** Copies the lists. */
    public Workload {
        shared = List.copyOf(shared);
        own = List.copyOf(own);
        platforms = List.copyOf(platforms);
    }

    /** The workload of a name such as {@code w3}. */
    public static Workload named(String label) {
        return ALL.stream()
                .filter(workload -> workload.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no workload " + label));
    }

    /** Number of images, the invocation image included. */
    public int images() {
        return components + 1;
    }

    private static long mib(int count) {
        return count * 1024L * 1024L;
    }
}
