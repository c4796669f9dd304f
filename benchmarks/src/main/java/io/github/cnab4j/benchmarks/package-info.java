/* SPDX-License-Identifier: Apache-2.0 */
/** The benchmark harness: plans what is run, alternates between contestants, checks each target, and has it reported. */
@NullMarked
package io.github.cnab4j.benchmarks;

import org.jspecify.annotations.NullMarked;
