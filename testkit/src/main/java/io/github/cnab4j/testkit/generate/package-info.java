/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Images, indexes and bundles made from a seed: real media types, digests and sizes (OCI image specification 1.1, Docker
 * image manifest version 2 schema 2, CNAB core 1.2), the same bytes for the same seed on every JDK.
 */
@NullMarked
package io.github.cnab4j.testkit.generate;

import org.jspecify.annotations.NullMarked;
