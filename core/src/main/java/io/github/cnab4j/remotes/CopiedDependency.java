/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Location;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A bundle that was copied because another one depends on it.
 *
 * @param bundles its reference, as the bundles that depend on it write it
 * @param source what was chosen for that: a tag if there is one, and the digest there
 * @param location where it is: its digest, and its tag if it has one
 * @param descriptor media type, digest and size of its index at the target
 */
public record CopiedDependency(Set<String> bundles, Location source, Location location, Descriptor descriptor) {
    /** Copies the set, and sorts it. */
    public CopiedDependency {
        bundles = Collections.unmodifiableSet(new TreeSet<>(bundles));
    }
}
