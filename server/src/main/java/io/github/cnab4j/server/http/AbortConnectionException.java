/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.http;

import java.io.IOException;

/**
 * Breaks the connection on purpose. Thrown while a request is handled or a body is read or written; whatever was
 * written before has reached the socket.
 */
public final class AbortConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient byte[] lastWords;
    private final How how;

    /** How the connection ends. */
    public enum How {
        /** TCP RST: the peer's next read or write fails, and data it has not read yet may be lost. */
        RESET,
        /** TCP FIN: the peer reads what was sent and then the end of the stream. */
        CLOSE
    }

    private AbortConnectionException(How how, byte[] lastWords) {
        super("connection broken on purpose: " + how);
        this.how = how;
        this.lastWords = lastWords;
    }

    /** Ends the connection this way. */
    public static AbortConnectionException by(How how) {
        return new AbortConnectionException(how, new byte[0]);
    }

    /** Puts bytes on the wire as they are, whatever HTTP says about them, then ends the connection. */
    public static AbortConnectionException afterBytes(byte[] bytes, How how) {
        return new AbortConnectionException(how, bytes.clone());
    }

    /** How to end. */
    public How how() {
        return how;
    }

    /** Bytes to send before the end; mostly none. */
    byte[] lastWords() {
        return lastWords;
    }
}
