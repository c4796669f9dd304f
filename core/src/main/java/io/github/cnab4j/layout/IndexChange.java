/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Many changes of an {@code index.json} that are made at once.
 *
 * @param names names and the manifests that they mean from here on
 * @param withoutNames names that mean nothing from here on
 * @param removed manifests that are listed no more, by whatever name
 * @param listed manifests that get an entry without a name, unless they have an entry
 * @param unlisted manifests that lose their entries without a name
 */
public record IndexChange(
        Map<String, Descriptor> names,
        Set<String> withoutNames,
        Set<Digest> removed,
        Collection<Descriptor> listed,
        Set<Digest> unlisted) {}
