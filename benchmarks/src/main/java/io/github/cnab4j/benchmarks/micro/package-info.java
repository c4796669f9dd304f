/* SPDX-License-Identifier: Apache-2.0 */
/** JMH benchmarks of the inner pieces of the library. They say where time goes, not how fast the command is. */
@NullMarked
package io.github.cnab4j.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
