/* SPDX-License-Identifier: Apache-2.0 */
/** Tests against the programs that users run: Debian's docker-registry, skopeo, dockerd and podman. */
@NullMarked
package io.github.cnab4j.real;

import org.jspecify.annotations.NullMarked;
