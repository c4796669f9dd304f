/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of signatures. */
@NullMarked
package io.github.cnab4j.signature;

import org.jspecify.annotations.NullMarked;
