/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Whom to trust over TLS and what to show: the system's trusted certificates as programs of the field find them, Docker's
 * directories of certificates for each registry, client certificates. All of it is read when the first
 * connection needs it.
 */
@NullMarked
package io.github.cnab4j.registry.tls;

import org.jspecify.annotations.NullMarked;
