/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.measure;

import java.util.Collection;

/** Figures of a series. A series is never empty. */
public final class Statistics {
    private Statistics() {}

    /** The middle value; of an even number the mean of the two middle ones. */
    public static double median(Collection<? extends Number> series) {
        double[] sorted = sorted(series);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The least value. */
    public static double least(Collection<? extends Number> series) {
        return sorted(series)[0];
    }

    /** The greatest value. */
    public static double greatest(Collection<? extends Number> series) {
        double[] sorted = sorted(series);
        return sorted[sorted.length - 1];
    }

    private static double[] sorted(Collection<? extends Number> series) {
        if (series.isEmpty()) {
            throw new IllegalArgumentException("a series without values");
        }
        return series.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    }
}
