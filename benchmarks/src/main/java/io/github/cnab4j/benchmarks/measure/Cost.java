/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.measure;

/**
 * What a program took.
 *
 * @param wallSeconds from the call that starts it to the one that tells its end
 * @param cpuSeconds user and system time, of all its processes that it waited for
 * @param peakKib largest resident memory of one of its processes
 */
public record Cost(double wallSeconds, double cpuSeconds, long peakKib) {}
