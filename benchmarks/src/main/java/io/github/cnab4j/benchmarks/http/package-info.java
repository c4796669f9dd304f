/* SPDX-License-Identifier: Apache-2.0 */
/**
 * HTTP servers side by side, as a registry needs them: large bodies both ways, many small requests, slow clients. Each
 * serves the same two resources from a JVM of its own; the client is plain sockets, so that it costs the same for all.
 */
@NullMarked
package io.github.cnab4j.benchmarks.http;

import org.jspecify.annotations.NullMarked;
