/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.PercentCoding;
import io.github.cnab4j.server.http.Query;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code n} and {@code last} parameters of a sorted list, and the {@code Link} to the rest of it (RFC 8288). */
record Page(@Nullable String last, int size) {
    /** Reads a part of a sorted list. */
    interface Source {
        List<String> read(@Nullable String after, int limit) throws IOException;
    }

    /** Answers with the list that was read. */
    interface Renderer {
        Response render(List<String> names);
    }

    static Page of(Request request) {
        Query query = request.query();
        return new Page(
                query.first("last").filter(last -> !last.isEmpty()).orElse(null),
                query.first("n").map(Page::size).orElse(Integer.MAX_VALUE));
    }

    private static int size(String text) {
        int size;
        try {
            size = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            size = -1;
        }
        if (size < 0) {
            throw new ApiException(400, ErrorCode.PAGINATION_NUMBER_INVALID, "n is not a page size");
        }
        return size;
    }

    Response answer(String path, Source source, Renderer renderer) throws IOException {
        if (size == 0) {
            return renderer.render(List.of());
        }
        boolean bounded = size < Integer.MAX_VALUE;
        List<String> names = source.read(last, bounded ? size + 1 : size);
        if (names.size() <= size) {
            return renderer.render(names);
        }
        List<String> page = names.subList(0, size);
        String next = path + "?n=" + size + "&last=" + PercentCoding.encode(page.get(size - 1));
        return renderer.render(page).with("Link", "<" + next + ">; rel=\"next\"");
    }
}
