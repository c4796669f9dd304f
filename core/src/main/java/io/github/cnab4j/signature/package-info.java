/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Signatures by keys, as cosign makes them: what is signed, how it is written down, and whether it holds. No input and output. Two
 * forms are known: simple signing (one layer per signature of an image under the tag {@code sha256-HEX.sig}) and sigstore bundles
 * (a DSSE envelope around an in-toto statement, stored as a referrer).
 */
@NullMarked
package io.github.cnab4j.signature;

import org.jspecify.annotations.NullMarked;
