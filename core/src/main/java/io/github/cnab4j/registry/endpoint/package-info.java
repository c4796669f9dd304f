/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The requests of the OCI distribution specification, one class each: method, route, what is sent, which answers are expected and
 * what they mean, and the phrase that names the request in a message. {@link
 * io.github.cnab4j.registry.endpoint.EndpointCaller} makes any other answer an exception.
 */
@NullMarked
package io.github.cnab4j.registry.endpoint;

import org.jspecify.annotations.NullMarked;
