/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.error.CnabException;
import javax.net.ssl.SSLContext;

/** Trust and keys for each place that is spoken to over TLS. Implementations are safe for use by several threads. */
public interface TlsContexts {
    /**
     * The context for one place, made when it is first asked for.
     *
     * @param verified whether its certificate has to be one that is trusted
     * @throws CnabException if a certificate or key that is configured for it cannot be used
     */
    SSLContext context(Origin origin, boolean verified);
}
