/* SPDX-License-Identifier: Apache-2.0 */
/**
 * An immutable JSON tree that keeps what it read (unknown members, their order, the text of numbers), a reader with limits,
 * and the two writers that decide digests: RFC 8785 and the form of Go's encoder.
 */
@NullMarked
package io.github.cnab4j.json;

import org.jspecify.annotations.NullMarked;
