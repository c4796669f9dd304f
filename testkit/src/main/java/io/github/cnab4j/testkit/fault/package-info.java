/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What can go wrong between a client and a registry, as values: a {@link io.github.cnab4j.testkit.fault.Fault}, on the
 * requests of a {@link io.github.cnab4j.testkit.fault.RequestPattern}, at an {@link
 * io.github.cnab4j.testkit.fault.Occurrence}.
 */
@NullMarked
package io.github.cnab4j.testkit.fault;

import org.jspecify.annotations.NullMarked;
