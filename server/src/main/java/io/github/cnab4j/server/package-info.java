/* SPDX-License-Identifier: Apache-2.0 */
/**
 * An OCI registry: the distribution API 1.1 served over HTTP from any {@link
 * io.github.cnab4j.server.storage.RegistryStorage}.
 *
 * <p>Three layers that know only the one below: {@code protocol} (what a request means), {@code storage} (where content
 * lies) and {@code http} (how messages travel); {@link io.github.cnab4j.server.RegistryServer} puts them together.
 */
@NullMarked
package io.github.cnab4j.server;

import org.jspecify.annotations.NullMarked;
