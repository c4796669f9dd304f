/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Certificates and keys in PEM form (RFC 7468), taken apart for whoever needs them: TLS with registries and engines, signatures; and
 * the trust in any certificate that a user may ask for.
 * Failures name file and line, and quote no content.
 */
@NullMarked
package io.github.cnab4j.pem;

import org.jspecify.annotations.NullMarked;
