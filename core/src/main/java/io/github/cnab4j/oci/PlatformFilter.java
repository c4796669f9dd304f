/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reduces an index to the entries for wanted platforms. Entries without a platform, nested indexes among them, are not wanted;
 * what a kept entry points to is not filtered. Pure functions on bytes.
 */
public final class PlatformFilter {
    private PlatformFilter() {}

    /**
     * Filters an index. The result holds the kept entries and all other members in their order, written compactly; if every
     * entry is kept, the bytes stay as they are, so that the digest, and whatever refers to it, stays valid.
     *
     * @param index descriptor of the index
     * @param content its verified bytes
     * @param wanted the platforms to keep
     * @throws InvalidInputException {@link ErrorCode#NO_MATCHING_PLATFORM} if no entry matches, else as {@link Manifest#parse}
     */
    public static FilteredIndex filter(Descriptor index, byte[] content, PlatformMatcher wanted) {
        if (!(Manifest.parse(index.mediaType(), content) instanceof IndexManifest parsed)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_MANIFEST,
                    index.digest() + " is an image, not an index; platforms do not filter it");
        }
        List<Descriptor> kept = new ArrayList<>();
        List<JsonValue> keptJson = new ArrayList<>();
        List<JsonValue> entries =
                parsed.json().array("manifests").orElse(JsonArray.empty()).elements();
        for (int i = 0; i < entries.size(); i++) {
            Descriptor entry = parsed.manifests().get(i);
            if (entry.platform() != null && wanted.matches(entry.platform())) {
                kept.add(entry);
                keptJson.add(entries.get(i));
            }
        }
        if (kept.isEmpty()) {
            throw noMatch(index, parsed, wanted);
        }
        if (kept.size() == entries.size()) {
            return new FilteredIndex(index, content, kept);
        }
        JsonObject rewritten = parsed.json().with("manifests", new JsonArray(keptJson));
        byte[] bytes = GoJson.write(rewritten);
        return new FilteredIndex(Descriptor.of(index.mediaType(), bytes), bytes, kept);
    }

    private static InvalidInputException noMatch(Descriptor index, IndexManifest parsed, PlatformMatcher wanted) {
        String offered = parsed.manifests().stream()
                .map(Descriptor::platform)
                .map(platform -> platform == null ? "none given" : Excerpt.quoted(platform.toString()))
                .distinct()
                .limit(20)
                .collect(Collectors.joining(", "));
        return new InvalidInputException(
                ErrorCode.NO_MATCHING_PLATFORM,
                "no entry of index " + index.digest() + " is for " + wanted,
                offered.isEmpty() ? "The index is empty." : "Its platforms are: " + offered + ".");
    }
}
