/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Attacks on whoever copies from and to registries, layouts and archives: each test carries one out, and shows that nothing secret
 * leaves, nothing is written elsewhere, memory stays bounded, and the failure is in words. SECURITY.md says which promise each holds.
 */
@NullMarked
package io.github.cnab4j.security;

import org.jspecify.annotations.NullMarked;
