/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the head of a request byte by byte: what comes after it belongs to the other end. */
final class RequestHead {
    private static final int LONGEST = 64 * 1024;

    private RequestHead() {}

    /** The next request; null at the end of the connection, and for what is none. */
    static @Nullable ProxiedRequest read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            int next = in.read();
            if (next < 0 || head.size() > LONGEST) {
                return null;
            }
            head.write(next);
            if (next == '\n') {
                newlines++;
            } else if (next != '\r') {
                newlines = 0;
            }
        }
        List<String> lines = head.toString(StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
        String[] words = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
        return words.length == 3 ? new ProxiedRequest(words[0], words[1], lines.subList(1, lines.size())) : null;
    }
}
