/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** A host that was waited for as long as the client's settings have it. The message says, behind the host's name, for what and how long. */
public final class HostTimeoutException extends SocketTimeoutException {
    private static final long serialVersionUID = 1L;

    private final boolean connecting;

    private HostTimeoutException(String message, boolean connecting, Throwable cause) {
        super(message);
        this.connecting = connecting;
        initCause(cause);
    }

    /** One that does not accept a connection. */
    static HostTimeoutException connecting(Duration limit, Throwable cause) {
        return new HostTimeoutException("did not accept a connection within " + shown(limit), true, cause);
    }

    /** One that says nothing, or no more. */
    static HostTimeoutException silent(Duration limit, Throwable cause) {
        return new HostTimeoutException("did not answer within " + shown(limit), false, cause);
    }

    /** Whether nothing was sent, since there was no connection. */
    public boolean connecting() {
        return connecting;
    }

    private static String shown(Duration limit) {
        long millis = limit.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
