/* SPDX-License-Identifier: Apache-2.0 */
/** Real registries on loopback: docker-registry processes, a plain HTTP client for them, and the check that a target holds what a run was to put there (OCI distribution specification). */
@NullMarked
package io.github.cnab4j.benchmarks.registry;

import org.jspecify.annotations.NullMarked;
