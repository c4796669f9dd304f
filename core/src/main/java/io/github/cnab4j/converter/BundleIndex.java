/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the index of a bundle says: which entry is the bundle itself, which are its images (CNAB core specification, 201).
 *
 * @param config the config manifest
 * @param invocationImages the invocation images, in the index's order
 * @param components the components by name, in the index's order
 * @param warnings what departs from the specification and leaves the bundle's identity beyond doubt, a line for people each
 */
public record BundleIndex(
        Descriptor config,
        List<Descriptor> invocationImages,
        Map<String, Descriptor> components,
        List<String> warnings) {
    /** Copies the collections. */
    public BundleIndex {
        invocationImages = List.copyOf(invocationImages);
        components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads an index whose bytes have been verified.
     *
     * @param declared the media type under which the store holds it
     * @param content the whole document
     * @throws InvalidInputException ({@link ErrorCode#INVALID_MANIFEST}, {@link ErrorCode#LIMIT_EXCEEDED}) if it is no index
     *     of a bundle, or leaves in doubt which bundle it is: what {@link Manifest#parse} refuses, an entry that is not a
     *     manifest or says not what it is, no config or two, a component twice
     */
    public static BundleIndex parse(MediaType declared, byte[] content) {
        return new BundleIndexReader().read(declared, content);
    }

    /**
     * Reads a config manifest whose bytes have been verified.
     *
     * @param manifest the manifest's descriptor in the index
     * @param content the whole document
     * @return where the bundle is
     * @throws InvalidInputException as {@link #parse}, if it is no image manifest
     */
    public static Descriptor bundleOf(Descriptor manifest, byte[] content) {
        return BundleIndexReader.configOf(manifest, content);
    }

    /**
     * Where the images of a bundle are, by what this index says: invocation images by their content digest, else by position,
     * components by name.
     *
     * @param bundle the bundle that {@link #config} holds
     * @param source where the index was read
     * @throws InvalidInputException ({@link ErrorCode#INVALID_MANIFEST}) if the index holds a component that the bundle does
     *     not have, or one name stands for two images with different digests
     */
    public Relocation relocation(Bundle bundle, Location source) {
        return new Relocator(this, bundle, source.repositoryOnly()).relocate();
    }
}
