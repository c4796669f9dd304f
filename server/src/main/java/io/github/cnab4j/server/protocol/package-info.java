/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The HTTP API of the OCI distribution specification 1.1: which request means what, and how it is answered.
 *
 * <p>{@link io.github.cnab4j.server.protocol.Route} reads a path, {@link
 * io.github.cnab4j.server.protocol.DistributionApi} picks the class that handles the endpoint and method, and that
 * class speaks to the storage. Extensions beyond the specification are those that clients of the CNCF distribution
 * registry rely on: {@code _catalog} and the {@code Docker-*} headers.
 */
@NullMarked
package io.github.cnab4j.server.protocol;

import org.jspecify.annotations.NullMarked;
