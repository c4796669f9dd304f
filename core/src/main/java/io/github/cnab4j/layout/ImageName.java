/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image's full name, taken apart only as far as finding it in a layout needs. A name without a tag and a digest means the
 * tag {@code latest}; a name without a host is of Docker Hub.
 */
record ImageName(
        String host,
        String path,
        @Nullable String tag,
        @Nullable String digest) {
    private static final String HUB = "docker.io";

    /** Takes any text apart; a text that is no image name gives parts that match nothing. */
    static ImageName of(String text) {
        int at = text.indexOf('@');
        String digest = at < 0 ? null : text.substring(at + 1);
        String rest = at < 0 ? text : text.substring(0, at);
        int colon = rest.lastIndexOf(':');
        String tag = colon > rest.lastIndexOf('/') ? rest.substring(colon + 1) : null;
        String place = tag == null ? rest : rest.substring(0, colon);
        if (tag == null && digest == null) {
            tag = "latest";
        }
        int slash = place.indexOf('/');
        boolean hasHost = slash > 0 && isHost(place.substring(0, slash));
        String host = hasHost ? place.substring(0, slash) : HUB;
        String path = hasHost ? place.substring(slash + 1) : place;
        if (host.equals("index.docker.io")) {
            host = HUB;
        }
        return new ImageName(host, host.equals(HUB) && path.indexOf('/') < 0 ? "library/" + path : path, tag, digest);
    }

    /** The digest, if the name has one: it identifies the content whatever the rest is. */
    Optional<String> digestPart() {
        return Optional.ofNullable(digest);
    }

    /** Repository path and tag, the same for all names of one image whatever its host; empty for a name by digest alone. */
    Optional<String> tagged() {
        return Optional.ofNullable(tag).map(text -> path + ":" + text);
    }

    private static boolean isHost(String first) {
        return first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
    }
}
