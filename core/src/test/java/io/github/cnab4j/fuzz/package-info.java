/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Entry points for fuzzing, of everything that reads bytes from outside: none may throw anything but an exception of the library, hang, or
 * take memory without limit. {@code FuzzTest} runs them on the seeds in {@code src/test/fuzz} and on alterations of these by chance,
 * {@code FuzzingRun} hands them to Jazzer.
 */
@NullMarked
package io.github.cnab4j.fuzz;

import org.jspecify.annotations.NullMarked;
