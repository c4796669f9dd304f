/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.ReadableStore;
import io.github.cnab4j.store.WritableStore;
import java.util.List;
import java.util.Optional;

/**
 * What is to be copied, with all that it points to.
 *
 * @param label the name under which people know it; several roots may share one
 * @param source where it is
 * @param target where it goes
 * @param descriptor the manifest or blob
 * @param tags tags that it gets at the target, also if it is there already; none: by digest alone
 * @param filter which children are copied; of a node that several roots reach, the first root's counts
 * @param alternative what to try when a registry refuses it
 */
public record CopyRoot(
        String label,
        ReadableStore source,
        WritableStore target,
        Descriptor descriptor,
        List<String> tags,
        NodeFilter filter,
        Alternative alternative) {
    /** Copies the list. */
    public CopyRoot {
        tags = List.copyOf(tags);
    }

    /** Everything, by digest alone, without an alternative. */
    public static CopyRoot of(String label, ReadableStore source, WritableStore target, Descriptor descriptor) {
        return new CopyRoot(label, source, target, descriptor, List.of(), NodeFilter.ALL, Alternative.NONE);
    }

    /** The same with these tags. */
    public CopyRoot withTags(List<String> names) {
        return new CopyRoot(label, source, target, descriptor, names, filter, alternative);
    }

    /** The same with this filter. */
    public CopyRoot withFilter(NodeFilter replacement) {
        return new CopyRoot(label, source, target, descriptor, tags, replacement, alternative);
    }

    /** The same with this alternative. */
    public CopyRoot withAlternative(Alternative replacement) {
        return new CopyRoot(label, source, target, descriptor, tags, filter, replacement);
    }

    /**
     * Chooses the children that are copied. Those left out are taken to be at the target. Called while the session waits: it
     * must not block or call the session.
     */
    @FunctionalInterface
    public interface NodeFilter {
        /** Every child. */
        NodeFilter ALL = (parent, children) -> children;

        /**
         * The children to copy.
         *
         * @param parent a manifest or index
         * @param children what it points to
         */
        List<Descriptor> keep(Descriptor parent, List<Descriptor> children);
    }

    /**
     * Another form of a root, for a registry that does not take the first. Called while the session waits: it must not block
     * or call the session.
     */
    @FunctionalInterface
    public interface Alternative {
        /** There is none. */
        Alternative NONE = (refused, rejection) -> Optional.empty();

        /**
         * Another root to try in place of this one, or nothing: then the refusal is the root's failure.
         *
         * @param refused what the registry refused: the root, or something below it that is no root itself
         * @param rejection the registry's answer
         */
        Optional<CopyRoot> inPlaceOf(Descriptor refused, RejectedException rejection);
    }
}
