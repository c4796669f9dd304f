/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Request;
import java.io.IOException;
import java.io.OutputStream;

/** A body that does not say how long it is. */
record UnknownLengthBody(Body body) implements Body {
    @Override
    public long length() {
        return Request.UNKNOWN_LENGTH;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        body.writeTo(out);
    }
}
