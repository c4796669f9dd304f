/* SPDX-License-Identifier: Apache-2.0 */
/** Certificates for test registries that speak HTTPS. */
@NullMarked
package io.github.cnab4j.testkit.tls;

import org.jspecify.annotations.NullMarked;
