/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Authentication of a test registry: none, HTTP Basic (RFC 7617), or Bearer tokens of a token service as Docker's and
 * most other registries have it (RFC 6750 and the token authentication specification of the CNCF distribution project).
 */
@NullMarked
package io.github.cnab4j.testkit.access;

import org.jspecify.annotations.NullMarked;
