/* SPDX-License-Identifier: Apache-2.0 */
/** Running programs and reading what they cost: wall time, CPU time, peak memory; medians of it. */
@NullMarked
package io.github.cnab4j.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
