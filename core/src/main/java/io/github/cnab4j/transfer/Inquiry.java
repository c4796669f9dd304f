/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.oci.Descriptor;
import org.jspecify.annotations.Nullable;

/**
 * What to look for in a target before anything goes there. It is all asked at the same time, and what is found spares requests: a
 * manifest that has the tag is neither asked for nor put again, and a repository that is unknown and lacks the likely manifest is
 * taken for empty.
 *
 * @param tag the tag that the copy will move, if there is one
 * @param likely a manifest that the target probably has if it has anything of the copy
 */
public record Inquiry(@Nullable String tag, @Nullable Descriptor likely) {
    /** Only whether the repository exists. */
    public static final Inquiry REPOSITORY = new Inquiry(null, null);
}
