/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.oci.NodeKey;
import io.github.cnab4j.transfer.NodeWork.Tagged;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a target said of itself as a whole.
 *
 * @param unknownRepository whether the registry knows no such repository; it may hold manifests without tags all the same
 * @param likely whether it has the manifest that is likely to be there; null if that is not known
 * @param tagged what it has under the tag of the copy; null if that is nothing, or not known
 */
record TargetAnswer(
        boolean unknownRepository,
        @Nullable Boolean likely,
        @Nullable Tagged tagged) {
    /** What is known of a target that said nothing. */
    static final TargetAnswer NOTHING = repository(false);

    static TargetAnswer repository(boolean unknown) {
        return new TargetAnswer(unknown, null, null);
    }

    boolean inUse() {
        return !unknownRepository || tagged != null || Boolean.TRUE.equals(likely);
    }

    boolean empty() {
        return !inUse() && Boolean.FALSE.equals(likely);
    }

    /** The manifests that the target has for certain. */
    Set<NodeKey> manifests() {
        return tagged == null ? Set.of() : tagged.manifests();
    }

    boolean leadsTo(String tag, NodeKey manifest) {
        return tagged != null && tagged.tag().equals(tag) && tagged.manifest().equals(manifest);
    }
}
