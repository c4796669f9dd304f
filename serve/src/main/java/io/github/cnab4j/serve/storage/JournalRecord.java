/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.server.storage.Digest;
import java.util.List;

/** One change of a repository. */
sealed interface JournalRecord {
    /** A manifest is there, and these tags mean it. */
    record Put(KnownManifest manifest, List<String> tags) implements JournalRecord {}

    /** A tag means nothing any more. */
    record Untag(String tag) implements JournalRecord {}

    /** A manifest is gone, and all tags that meant it. */
    record Drop(Digest digest) implements JournalRecord {}

    /** {@code index.json} shows all changes before this. */
    record Shown() implements JournalRecord {}
}
