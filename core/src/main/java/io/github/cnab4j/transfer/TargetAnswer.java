/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.oci.NodeKey;
import org.jspecify.annotations.Nullable;

/**
 * What a target said of itself as a whole.
 *
 * @param unknownRepository whether the registry knows no such repository; it may hold manifests without tags all the same
 * @param likely whether it has the manifest that is likely to be there; null if that is not known
 * @param tagged what it has under the tag of the copy; null if that is nothing, or not known
 */
public record TargetAnswer(
        boolean unknownRepository,
        @Nullable Boolean likely,
        @Nullable TaggedManifest tagged) {
    /** What is known of a target that said nothing. */
    static final TargetAnswer NOTHING = repository(false);

    static TargetAnswer repository(boolean unknown) {
        return new TargetAnswer(unknown, null, null);
    }

    /** Whether everything will have to be copied, as far as can be known. */
    public boolean lacksAll() {
        return !inUse();
    }

    boolean inUse() {
        return !unknownRepository || tagged != null || Boolean.TRUE.equals(likely);
    }

    boolean empty() {
        return !inUse() && Boolean.FALSE.equals(likely);
    }

    boolean has(NodeKey manifest) {
        return tagged != null && tagged.manifest().equals(manifest);
    }

    boolean leadsTo(String tag, NodeKey manifest) {
        return tagged != null && tagged.tag().equals(tag) && tagged.manifest().equals(manifest);
    }
}
