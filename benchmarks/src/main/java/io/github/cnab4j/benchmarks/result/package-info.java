/* SPDX-License-Identifier: Apache-2.0 */
/** What is measured together, and what came out of it. */
@NullMarked
package io.github.cnab4j.benchmarks.result;

import org.jspecify.annotations.NullMarked;
