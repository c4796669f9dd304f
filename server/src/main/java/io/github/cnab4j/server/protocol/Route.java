/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.PercentCoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a path asks for; neither name nor reference has been checked against its grammar.
 *
 * @param repository the name between {@code /v2/} and the endpoint's own words; empty for endpoints without one
 * @param reference tag, digest or upload id; empty for endpoints without one
 */
public record Route(Endpoint endpoint, String repository, String reference) {
    private static final String ROOT = "/v2";

    /**
     * Reads a path, percent-encoded as in the request. It is read from its end, because a repository's name may
     * contain the words that the endpoints are made of.
     *
     * @return empty when no endpoint has such a path
     */
    public static Optional<Route> parse(String path) {
        if (path.equals(ROOT) || path.equals(ROOT + "/")) {
            return Optional.of(new Route(Endpoint.PING, "", ""));
        }
        if (!path.startsWith(ROOT + "/")) {
            return Optional.empty();
        }
        return decode(path.substring(ROOT.length() + 1).split("/", -1)).flatMap(Route::ofSegments);
    }

    private static Optional<List<String>> decode(String[] segments) {
        List<String> decoded = new ArrayList<>(segments.length);
        for (String segment : segments) {
            Optional<String> text = PercentCoding.decode(segment).filter(t -> t.indexOf('/') < 0);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            decoded.add(text.get());
        }
        return Optional.of(decoded);
    }

    private static Optional<Route> ofSegments(List<String> segments) {
        int count = segments.size();
        String last = segments.get(count - 1);
        if (count == 1) {
            return last.equals("_catalog") ? Optional.of(new Route(Endpoint.CATALOG, "", "")) : Optional.empty();
        }
        String beforeLast = segments.get(count - 2);
        if (count >= 4
                && beforeLast.equals("uploads")
                && segments.get(count - 3).equals("blobs")) {
            Endpoint endpoint = last.isEmpty() ? Endpoint.UPLOADS : Endpoint.UPLOAD;
            return Optional.of(new Route(endpoint, name(segments, 3), last));
        }
        if (count < 3) {
            return Optional.empty();
        }
        String name = name(segments, 2);
        return switch (beforeLast) {
            case "tags" -> last.equals("list") ? Optional.of(new Route(Endpoint.TAGS, name, "")) : Optional.empty();
            case "manifests" -> Optional.of(new Route(Endpoint.MANIFEST, name, last));
            case "referrers" -> Optional.of(new Route(Endpoint.REFERRERS, name, last));
            case "blobs" ->
                Optional.of(new Route(
                        last.equals("uploads") ? Endpoint.UPLOADS : Endpoint.BLOB,
                        name,
                        last.equals("uploads") ? "" : last));
            default -> Optional.empty();
        };
    }

    private static String name(List<String> segments, int withoutLast) {
        return String.join("/", segments.subList(0, segments.size() - withoutLast));
    }
}
