/* SPDX-License-Identifier: Apache-2.0 */
/** Who may use a registry: names and passwords of a file as {@code htpasswd} writes it, by HTTP's Basic scheme (RFC 7617). */
@NullMarked
package io.github.cnab4j.serve.access;

import org.jspecify.annotations.NullMarked;
