/* SPDX-License-Identifier: Apache-2.0 */
/** What is measured: the packaged command, the floor, and the tools that other people use. */
@NullMarked
package io.github.cnab4j.benchmarks.contestant;

import org.jspecify.annotations.NullMarked;
