/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.layout.WholeLayout.Inventory;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import java.util.ArrayList;
import java.util.List;

/** Brings together what is in a layout. */
final class InventoryBuilder {
    private static final MediaType UNTYPED = new MediaType("application/octet-stream");

    private final List<Descriptor> blobs = new ArrayList<>();
    private final List<String> oddities = new ArrayList<>();

    /**
     * A file.
     *
     * @param path within the layout
     */
    void add(String path, long size) {
        String[] parts = path.split("/", -1);
        if (parts.length != 3 || !parts[0].equals("blobs")) {
            oddities.add(Excerpt.quoted(path) + " is no part of an OCI image layout");
            return;
        }
        try {
            blobs.add(Descriptor.of(UNTYPED, Digest.parse(parts[1] + ":" + parts[2]), size));
        } catch (InvalidInputException noDigest) {
            oddities.add(Excerpt.quoted(path) + " is no blob: its name is no digest");
        }
    }

    void odd(String what) {
        oddities.add(what);
    }

    /**
     * All of it.
     *
     * @throws InvalidInputException if the index has an entry that cannot be used
     */
    Inventory build(IndexDocument index) {
        List<WholeLayout.Root> roots = index.requireRoots();
        index.unknownMembers().forEach(name -> oddities.add("index.json has a member " + Excerpt.quoted(name)));
        return new Inventory(roots, blobs, oddities);
    }
}
