/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.bundle.RelocationMap;
import java.util.List;

/**
 * Where the images of a pulled bundle are.
 *
 * @param map locations in the familiar form, by the image's name in the bundle
 * @param missing what the index lacks: a line for people for each image of the bundle that has no entry in it
 * @param surplus what the bundle lacks: a line for people for each invocation image in the index that it does not have
 */
public record Relocation(RelocationMap map, List<String> missing, List<String> surplus) {
    /** Copies the lists. */
    public Relocation {
        missing = List.copyOf(missing);
        surplus = List.copyOf(surplus);
    }
}
