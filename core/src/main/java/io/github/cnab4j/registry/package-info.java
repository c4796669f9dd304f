/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Registries as stores: {@link io.github.cnab4j.registry.RegistryClient} holds what is shared (connections, tokens, what was
 * learnt about each registry), {@link io.github.cnab4j.registry.RegistryStore} is one repository. They follow the OCI distribution
 * specification and survive what real registries do beside it: where more than one way leads to the end (uploads, mounts, tokens,
 * finding a manifest), the shortest is tried first, and what a registry refuses is remembered for a while.
 */
@NullMarked
package io.github.cnab4j.registry;

import org.jspecify.annotations.NullMarked;
