/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.FilteredIndex;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.oci.Platform;
import io.github.cnab4j.oci.PlatformFilter;
import io.github.cnab4j.oci.PlatformMatcher;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.OverlayStore;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.Verified;
import java.util.List;

/**
 * Leaves those entries out of a multi-platform image's index whose platform is not wanted. The smaller index is new content, so
 * it gets a place in an overlay over the image's store: what copies from there finds it, and what lists it lists something that
 * exists.
 */
final class ImageFilter {
    private final CallScope scope;
    private final int manifestLimit;

    ImageFilter(CallScope scope, int manifestLimit) {
        this.scope = scope;
        this.manifestLimit = manifestLimit;
    }

    /**
     * The image with the wanted platforms only; the image itself if it is for one platform, or if all of its entries are wanted.
     *
     * @param image its name, for messages
     * @throws FixupException if no entry is wanted, or its index cannot be read
     */
    FoundImage apply(String image, FoundImage found, List<Platform> wanted) {
        if (wanted.isEmpty() || found.descriptor().mediaType().kind() != MediaType.Kind.INDEX) {
            return found;
        }
        FilteredIndex filtered = filter(image, found.source(), found.descriptor(), wanted);
        OverlayStore overlay = new OverlayStore(found.source());
        overlay.push(scope, filtered.descriptor(), ContentSource.ofBytes(filtered.content()), PushHints.NONE);
        return new FoundImage(overlay, filtered.descriptor(), found.inTarget());
    }

    /**
     * The index of an image with the wanted platforms only.
     *
     * @param image its name, for messages
     * @param index its descriptor, that of an index
     * @throws FixupException if no entry is wanted, or the index cannot be read
     */
    FilteredIndex filter(String image, ReadableStore source, Descriptor index, List<Platform> wanted) {
        byte[] whole = Verified.readAll(scope, source, index, manifestLimit);
        try {
            return PlatformFilter.filter(index, whole, PlatformMatcher.anyOf(wanted, Platform.ofThisMachine()));
        } catch (InvalidInputException refused) {
            throw new FixupException(
                    refused.code(),
                    image,
                    "cannot filter the platforms of image " + Excerpt.quoted(image) + ": " + refused.getMessage(),
                    refused.hint().orElse(null),
                    List.of(refused));
        }
    }

    /** What is said of an image that lost entries. */
    static String message(String image, Digest before, Digest after) {
        return "image " + Excerpt.quoted(image) + " keeps only the platforms asked for: its digest becomes " + after
                + " in place of " + before;
    }
}
