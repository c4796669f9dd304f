/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A small blocking HTTP/1.1 server (RFC 9112): requests and responses as values, handlers and interceptors as functions.
 *
 * <p>Message parsing and framing are Apache HttpCore's; the sockets are our own, so that connections can be counted,
 * drained, closed at once, or reset in the middle of a message. Nothing here knows what a registry is.
 */
@NullMarked
package io.github.cnab4j.server.http;

import org.jspecify.annotations.NullMarked;
