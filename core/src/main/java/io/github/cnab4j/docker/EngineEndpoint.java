/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import org.jspecify.annotations.Nullable;

/**
 * An engine and how it is reached.
 *
 * @param tls how TLS is spoken with it; null: not at all
 */
record EngineEndpoint(EngineHost host, @Nullable EngineTls tls) {
    @Override
    public String toString() {
        return host.toString();
    }
}
