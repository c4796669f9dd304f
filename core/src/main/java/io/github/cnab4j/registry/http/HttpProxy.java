/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import org.jspecify.annotations.Nullable;

/**
 * A proxy. Its text form shows no credentials.
 *
 * @param origin where it is, and whether it is itself spoken to over TLS
 * @param authorization value of the Proxy-Authorization field, which nobody but the proxy gets; null if it wants none
 */
public record HttpProxy(Origin origin, @Nullable String authorization) {
    @Override
    public String toString() {
        return origin.toString();
    }
}
