/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Bodies in memory, never more of them than the caller allows. */
public final class BoundedBody {
    private BoundedBody() {}

    /**
     * All of a body.
     *
     * @return empty if it is longer than the limit
     * @throws IOException if reading fails
     */
    public static Optional<byte[]> whole(InputStream body, int limit) throws IOException {
        byte[] bytes = body.readNBytes(limit + 1);
        return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
    }

    /** The beginning of a body, as much of it as is allowed and as can be read. */
    public static byte[] beginning(InputStream body, int limit) {
        byte[] buffer = new byte[limit];
        int length = 0;
        try {
            while (length < limit) {
                int n = body.read(buffer, length, limit - length);
                if (n < 0) {
                    break;
                }
                length += n;
            }
        } catch (IOException broken) {
            // What came before is better than nothing: it explains another failure.
        }
        return Arrays.copyOf(buffer, length);
    }
}
