/* SPDX-License-Identifier: Apache-2.0 */
/** Tables, JSON, charts and verdicts of a run. */
@NullMarked
package io.github.cnab4j.benchmarks.report;

import org.jspecify.annotations.NullMarked;
