/* SPDX-License-Identifier: Apache-2.0 */
/** Authorities and certificates that tests make for themselves. */
@NullMarked
package io.github.cnab4j.certificates;

import org.jspecify.annotations.NullMarked;
