/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import io.github.cnab4j.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A path of this machine with the name of an image in it, {@code PATH[:tag][@digest]}. Tag and digest are looked for behind the last
 * slash (or backslash) only, so the colon of a drive does not end the path.
 */
record NamedPath(
        String path, @Nullable String tag, @Nullable Digest digest) {
    static NamedPath parse(String text) {
        int name = lastName(text);
        int at = text.lastIndexOf('@');
        boolean digested = at >= name && text.indexOf(':', at) >= 0;
        String tagged = digested ? text.substring(0, at) : text;
        int colon = tagged.lastIndexOf(':');
        boolean hasTag = colon >= name;
        return new NamedPath(
                hasTag ? tagged.substring(0, colon) : tagged,
                hasTag ? tagged.substring(colon + 1) : null,
                digested ? Digest.parse(text.substring(at + 1)) : null);
    }

    /** Whether a part of the path's last name would be read as a tag or digest. */
    static boolean isAmbiguous(String path) {
        String name = path.substring(lastName(path));
        return name.indexOf(':') >= 0 || name.indexOf('@') >= 0;
    }

    private static int lastName(String path) {
        return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
    }

    @Override
    public String toString() {
        return path + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
