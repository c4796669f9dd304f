/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The exceptions of the library: few types, each with a stable {@link io.github.cnab4j.error.ErrorCode}, a message that says
 * what failed and why, and a hint that says what to do.
 */
@NullMarked
package io.github.cnab4j.error;

import org.jspecify.annotations.NullMarked;
