/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Runs the official conformance suite of the OCI distribution specification (the command {@code conformance} of
 * {@code github.com/opencontainers/distribution-spec}) against a registry, and reads what it found.
 */
@NullMarked
package io.github.cnab4j.testkit.conformance;

import org.jspecify.annotations.NullMarked;
