/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An absolute http or https URL whose path and query are kept as they were given: a signed URL that is decoded and encoded again
 * is another URL. Characters that could break out of a request line are refused. {@link #toString()} shows neither query nor
 * user information, since upload sessions and signed URLs carry secrets there.
 */
public final class HttpUrl {
    // RFC 3986, appendix B, narrowed to what has an authority.
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)(https?)://([^/?#]*)([^#]*)(#.*)?");
    private static final Pattern HAS_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[^@]*@)?(\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9]+)?]|[A-Za-z0-9._-]+)(?::([0-9]{0,5}))?");
    private static final Pattern CONTROLS = Pattern.compile("[\\x80-\\x9f]");
    private static final int LONGEST = 16 * 1024;

    private final Origin origin;
    private final boolean explicitPort;
    private final String target;

    private HttpUrl(Origin origin, boolean explicitPort, String target) {
        this.origin = origin;
        this.explicitPort = explicitPort;
        this.target = target;
    }

    /**
     * Reads an absolute URL.
     *
     * @return empty if the text is none, has another scheme, or holds characters that no URL may have
     */
    public static Optional<HttpUrl> parse(String text) {
        if (text.length() > LONGEST || !printable(text)) {
            return Optional.empty();
        }
        Matcher url = ABSOLUTE.matcher(text);
        if (!url.matches()) {
            return Optional.empty();
        }
        Matcher authority = AUTHORITY.matcher(url.group(2));
        if (!authority.matches()) {
            return Optional.empty();
        }
        String scheme = url.group(1).toLowerCase(Locale.ROOT);
        String portText = authority.group(2);
        boolean explicitPort = portText != null && !portText.isEmpty();
        int port = explicitPort ? Integer.parseInt(portText) : defaultPort(scheme);
        if (port < 1 || port > 65535) {
            return Optional.empty();
        }
        String rest = url.group(3);
        return Optional.of(new HttpUrl(
                new Origin(scheme, hostName(authority.group(1)), port),
                explicitPort,
                rest.startsWith("/") ? rest : "/" + rest));
    }

    /** The URL of {@code path} (with its query, if any) at an origin. */
    public static HttpUrl of(Origin origin, String target) {
        return new HttpUrl(origin, true, target);
    }

    /**
     * What a Location or Link of an answer to this URL means (RFC 3986, section 5.2).
     *
     * @return empty if it is no http or https URL
     */
    public Optional<HttpUrl> resolve(String reference) {
        if (reference.length() > LONGEST || !printable(reference)) {
            return Optional.empty();
        }
        if (reference.startsWith("//")) {
            return parse(origin.scheme() + ":" + reference);
        }
        if (HAS_SCHEME.matcher(reference).matches() && !reference.startsWith("/")) {
            return parse(reference);
        }
        int fragment = reference.indexOf('#');
        String relative = fragment < 0 ? reference : reference.substring(0, fragment);
        return Optional.of(new HttpUrl(origin, explicitPort, mergedTarget(relative)));
    }

    /** This path and query at another origin. */
    public HttpUrl at(Origin other) {
        return new HttpUrl(other, true, target);
    }

    /** This URL with one more query parameter at its end; the value is encoded. */
    public HttpUrl withParameter(String name, String value) {
        char separator = target.indexOf('?') < 0 ? '?' : '&';
        return new HttpUrl(
                origin,
                explicitPort,
                target + separator + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    /** Scheme, host and port. */
    public Origin origin() {
        return origin;
    }

    /** Whether the URL names its port. */
    public boolean hasExplicitPort() {
        return explicitPort;
    }

    /** Path and query as they go into the request line. */
    public String target() {
        return target;
    }

    /** The path without the query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Whether both are the same, byte for byte. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpUrl url && origin.equals(url.origin) && target.equals(url.target);
    }

    @Override
    public int hashCode() {
        return origin.hashCode() * 31 + target.hashCode();
    }

    /** Scheme, host, port and path without what a terminal could act on; a query is shown as an ellipsis. */
    @Override
    public String toString() {
        return origin + CONTROLS.matcher(path()).replaceAll("?") + (target.indexOf('?') < 0 ? "" : "?…");
    }

    /** The port that URLs of this scheme leave out. */
    public static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private String mergedTarget(String relative) {
        if (relative.startsWith("/")) {
            return relative;
        }
        if (relative.startsWith("?")) {
            return path() + relative;
        }
        if (relative.isEmpty()) {
            return target;
        }
        String directory = path().substring(0, path().lastIndexOf('/') + 1);
        int query = relative.indexOf('?');
        String path = query < 0 ? relative : relative.substring(0, query);
        return withoutDots(directory + path) + (query < 0 ? "" : relative.substring(query));
    }

    /** RFC 3986, section 5.2.4; only for paths that were merged, the others are left alone. */
    private static String withoutDots(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String last = "";
        for (String segment : path.substring(1).split("/", -1)) {
            last = segment;
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        boolean endsInDots = last.equals(".") || last.equals("..");
        return "/" + String.join("/", kept) + (endsInDots && !kept.isEmpty() ? "/" : "");
    }

    private static boolean printable(String text) {
        // Latin-1 beyond ASCII is let through: headers carry bytes, and they go back as they came.
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= 0x20 || c == 0x7f || c > 0xff) {
                return false;
            }
        }
        return true;
    }

    private static String hostName(String text) {
        String bare = text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
        return bare.toLowerCase(Locale.ROOT);
    }
}
