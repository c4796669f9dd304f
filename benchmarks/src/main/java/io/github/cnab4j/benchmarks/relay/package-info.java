/* SPDX-License-Identifier: Apache-2.0 */
/** A TCP relay in a process of its own that makes loopback a long link and counts the HTTP requests that pass (RFC 9112 framing): each byte arrives a fixed time after it was sent, whatever else is under way. */
@NullMarked
package io.github.cnab4j.benchmarks.relay;

import org.jspecify.annotations.NullMarked;
