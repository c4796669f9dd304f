/* SPDX-License-Identifier: Apache-2.0 */
/** Tests against the programs that users run: Debian's docker-registry and skopeo. */
@NullMarked
package io.github.cnab4j.real;

import org.jspecify.annotations.NullMarked;
