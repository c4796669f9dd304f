/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the copy engine. */
@NullMarked
package io.github.cnab4j.transfer;

import org.jspecify.annotations.NullMarked;
