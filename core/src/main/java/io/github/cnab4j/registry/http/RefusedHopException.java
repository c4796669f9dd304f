/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.net.ProtocolException;

/** A place to which a registry sent us and where we do not go: unencrypted, inside our own network, or no URL at all. */
public final class RefusedHopException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    /** A refusal; the message says where to and why. */
    public RefusedHopException(String message) {
        super(message);
    }
}
