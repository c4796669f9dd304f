/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.net.ProtocolException;

/** A place that was spoken to in plain http, did not understand it, and answers TLS. */
public final class ExpectsTlsException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    ExpectsTlsException(Origin origin) {
        super(origin.authority() + " speaks TLS");
    }
}
