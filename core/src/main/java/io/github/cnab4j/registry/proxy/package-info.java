/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Which requests go through a proxy: the environment variables {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY} as Go
 * programs read them (package {@code golang.org/x/net/http/httpproxy}). Nothing is parsed before a request may need it.
 */
@NullMarked
package io.github.cnab4j.registry.proxy;

import org.jspecify.annotations.NullMarked;
