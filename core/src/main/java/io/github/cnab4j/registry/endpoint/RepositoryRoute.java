/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.Origin;
import java.util.regex.Pattern;

/**
 * The URLs of one repository.
 *
 * @param origin the registry's API
 * @param name name of the repository within the registry
 * @param shown full name of the repository, as messages have it
 */
public record RepositoryRoute(Origin origin, String name, String shown) {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /** Whether a text is a tag (specification: "Pulling manifests"), so that it can stand in a path. */
    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    HttpUrl manifest(String tagOrDigest) {
        return url("manifests/" + tagOrDigest);
    }

    HttpUrl blob(String digest) {
        return url("blobs/" + digest);
    }

    HttpUrl uploads() {
        return url("blobs/uploads/");
    }

    HttpUrl referrers(String digest) {
        return url("referrers/" + digest);
    }

    HttpUrl tags() {
        return url("tags/list");
    }

    /** {@code repository:tag} or {@code repository@digest}. */
    String reference(String tagOrDigest) {
        return shown + (tagOrDigest.indexOf(':') < 0 ? ":" : "@") + tagOrDigest;
    }

    /** What a request needs that only reads; where a push follows, what the push needs, so that one token does for both. */
    Access access(boolean beforePush) {
        return beforePush ? Access.push(name) : Access.pull(name);
    }

    private HttpUrl url(String rest) {
        return HttpUrl.of(origin, "/v2/" + name + "/" + rest);
    }
}
