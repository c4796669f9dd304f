/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.ImageManifest;
import io.github.cnab4j.oci.IndexManifest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sorts the entries of a bundle's index by what they are to the bundle. */
final class BundleIndexReader {
    private static final Set<String> INDEX_MEMBERS =
            Set.of("schemaVersion", "mediaType", "artifactType", "manifests", "subject", "annotations");

    private static final String TAG_HINT = "The reference names something else than a CNAB bundle; check its tag.";

    private final List<Descriptor> configs = new ArrayList<>();
    private final List<Descriptor> invocationImages = new ArrayList<>();
    private final Map<String, Descriptor> components = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    BundleIndex read(MediaType declared, byte[] content) {
        if (declared.kind() != MediaType.Kind.INDEX) {
            throw invalid(
                    "media type " + Excerpt.quoted(declared.value()) + " is not that of a bundle's index", TAG_HINT);
        }
        IndexManifest index = (IndexManifest) Manifest.parse(declared, content);
        index.manifests().forEach(this::sort);
        if (configs.isEmpty()) {
            throw invalid("no entry is the config of a bundle", TAG_HINT);
        }
        if (configs.size() > 1) {
            throw invalid(configs.size() + " entries are configs, so which bundle it is stays in doubt");
        }
        warn(index);
        return new BundleIndex(configs.get(0), invocationImages, components, warnings);
    }

    static Descriptor configOf(Descriptor manifest, byte[] content) {
        if (manifest.mediaType().kind() != MediaType.Kind.MANIFEST) {
            throw invalid("its config " + manifest.digest() + " has media type "
                    + Excerpt.quoted(manifest.mediaType().value()) + ", which is not that of an image manifest");
        }
        return ((ImageManifest) Manifest.parse(manifest.mediaType(), content)).config();
    }

    private void sort(Descriptor entry) {
        if (!entry.mediaType().isManifest()) {
            throw invalid("entry " + entry.digest() + " has media type "
                    + Excerpt.quoted(entry.mediaType().value()) + ", which is not that of a manifest");
        }
        String type = entry.annotations().get(CnabAnnotations.TYPE);
        if (type == null) {
            throw invalid("entry " + entry.digest() + " has no annotation " + CnabAnnotations.TYPE);
        }
        switch (type) {
            case CnabAnnotations.TYPE_CONFIG -> configs.add(entry);
            case CnabAnnotations.TYPE_INVOCATION -> invocationImages.add(entry);
            case CnabAnnotations.TYPE_COMPONENT -> component(entry);
            default ->
                throw invalid("entry " + entry.digest() + " has the unknown " + CnabAnnotations.TYPE + " "
                        + Excerpt.quoted(type));
        }
    }

    private void component(Descriptor entry) {
        String name = entry.annotations().get(CnabAnnotations.COMPONENT);
        if (name == null) {
            throw invalid(
                    "entry " + entry.digest() + " is a component without annotation " + CnabAnnotations.COMPONENT);
        }
        if (components.putIfAbsent(name, entry) != null) {
            throw invalid("component " + Excerpt.quoted(name) + " has two entries");
        }
    }

    private void warn(IndexManifest index) {
        if (!CnabAnnotations.BUNDLE_ARTIFACT.equals(index.annotations().get(CnabAnnotations.ARTIFACT_TYPE))) {
            warnings.add("the index has no annotation " + CnabAnnotations.ARTIFACT_TYPE + " "
                    + CnabAnnotations.BUNDLE_ARTIFACT);
        }
        index.json().members().keySet().stream()
                .filter(name -> !INDEX_MEMBERS.contains(name))
                .forEach(name -> warnings.add("the index has the unknown member " + Excerpt.quoted(name)));
    }

    private static InvalidInputException invalid(String why) {
        return invalid(why, "Push the bundle again: its index departs from the CNAB specification (201).");
    }

    private static InvalidInputException invalid(String why, String hint) {
        return new InvalidInputException(ErrorCode.INVALID_MANIFEST, "not the index of a CNAB bundle: " + why, hint);
    }
}
