/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.storage.Digest;
import io.github.cnab4j.server.storage.RepositoryStorage;
import io.github.cnab4j.server.storage.StoredManifest;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a manifest is named in a path. */
sealed interface Reference {
    /** A name that can be moved. */
    record Tag(String name) implements Reference {}

    /** The content itself. */
    record ByDigest(Digest digest) implements Reference {}

    Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    static Reference parse(String text) {
        if (text.indexOf(':') >= 0) {
            return new ByDigest(Call.digest(text));
        }
        return new Tag(requireTag(text));
    }

    static String requireTag(String text) {
        if (!TAG.matcher(text).matches()) {
            throw new ApiException(400, ErrorCode.TAG_INVALID, "not a tag");
        }
        return text;
    }

    default Optional<StoredManifest> find(RepositoryStorage repository) throws IOException {
        if (this instanceof ByDigest named) {
            return repository.manifest(named.digest());
        }
        Optional<Digest> target = repository.tag(((Tag) this).name());
        return target.isPresent() ? repository.manifest(target.get()) : Optional.empty();
    }
}
