/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Whole registries, each with the habits of one that people use: which requests it refuses, what its uploads look like, whom it lets
 * in. Habits have the numbers of {@code docs/reference/registry-quirks.md}. A profile is no copy of that registry: it has what a
 * client has to survive there, more often than the real one shows it.
 */
@NullMarked
package io.github.cnab4j.testkit.profile;

import org.jspecify.annotations.NullMarked;
