/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.archive.ArchiveFile;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.ImageManifest;
import io.github.cnab4j.oci.IndexManifest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.store.CallScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is in an archive of {@code docker save}: always a {@code manifest.json} that names the configuration and layers of each image;
 * since Docker 25 also an OCI layout (OCI image specification, "Image Layout"), whose manifests are those of a registry if the engine
 * kept them, and name uncompressed layers if it did not.
 */
final class SavedArchive {
    private static final String MANIFEST = "manifest.json";
    private static final String LAYOUT = "oci-layout";
    private static final String INDEX = "index.json";
    private static final JsonLimits LIMITS = JsonLimits.MANIFEST.withMaxBytes(8 << 20);
    private static final int MOST_LAYERS = 4096;
    private static final int MOST_DEPTH = 8;

    private final CallScope scope;
    private final ArchiveFile archive;

    SavedArchive(CallScope scope, ArchiveFile archive) {
        this.scope = scope;
        this.archive = archive;
    }

    /** The parts of an image: names of files in the archive, the layers from the lowest on. */
    record Parts(String configuration, List<String> layers, List<String> names) {
        Parts {
            layers = List.copyOf(layers);
            names = List.copyOf(names);
        }
    }

    /** What {@code manifest.json} lists. */
    List<Parts> parts() {
        List<Parts> all = new ArrayList<>();
        Optional<byte[]> content = archive.readSmall(scope, MANIFEST, LIMITS.maxBytes());
        if (content.isPresent()) {
            if (!(json(MANIFEST, content.get()) instanceof JsonArray images)) {
                throw invalid("has a " + MANIFEST + " that is no array");
            }
            for (JsonValue image : images) {
                all.add(parts(image));
            }
        }
        return all;
    }

    private Parts parts(JsonValue image) {
        if (!(image instanceof JsonObject object)) {
            throw invalid("has a " + MANIFEST + " with an image that is no object");
        }
        List<String> layers = texts(object, "Layers");
        if (layers.size() > MOST_LAYERS) {
            throw invalid("has an image of " + layers.size() + " layers, more than " + MOST_LAYERS);
        }
        String configuration =
                object.string("Config").orElseThrow(() -> invalid("has an image without a configuration"));
        layers.forEach(this::size);
        size(configuration);
        return new Parts(configuration, layers, texts(object, "RepoTags"));
    }

    private List<String> texts(JsonObject object, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : object.array(name).orElse(JsonArray.empty())) {
            if (!(value instanceof JsonString text)) {
                throw invalid("has a " + MANIFEST + " whose " + name + " are no texts");
            }
            texts.add(text.value());
        }
        return texts;
    }

    /** The size of a file that the archive must have. */
    long size(String name) {
        return archive.size(name)
                .orElseThrow(() -> invalid("lacks the file " + Excerpt.quoted(name) + ", which its image needs"));
    }

    /**
     * The manifests and indexes at the top of the archive's OCI layout, if it has one, each once, that are there with all they point
     * to. Of an index that lists more platforms than the engine has, the images that it has.
     */
    List<Descriptor> roots() {
        List<Descriptor> roots = new ArrayList<>();
        Optional<byte[]> index = archive.readSmall(scope, INDEX, LIMITS.maxBytes());
        if (index.isPresent() && archive.size(LAYOUT).isPresent()) {
            if (!(json(INDEX, index.get()) instanceof JsonObject object)) {
                throw invalid("has an " + INDEX + " that is no object");
            }
            for (JsonValue entry : object.array("manifests").orElse(JsonArray.empty())) {
                if (entry instanceof JsonObject descriptor) {
                    whole(Descriptor.fromJson(descriptor), 0).stream()
                            .filter(root -> roots.stream()
                                    .noneMatch(known -> known.digest().equals(root.digest())))
                            .forEach(roots::add);
                }
            }
        }
        return roots;
    }

    private List<Descriptor> whole(Descriptor root, int depth) {
        Descriptor identity = root.identity();
        if (!root.mediaType().isManifest() || !has(root) || depth > MOST_DEPTH) {
            return List.of();
        }
        Manifest manifest = read(identity);
        if (manifest instanceof ImageManifest) {
            return manifest.successors().stream().allMatch(this::has) ? List.of(identity) : List.of();
        }
        List<Descriptor> children = ((IndexManifest) manifest).manifests();
        List<Descriptor> present = new ArrayList<>();
        boolean complete = true;
        for (Descriptor child : children) {
            List<Descriptor> found = whole(child, depth + 1);
            complete &= found.size() == 1 && found.get(0).digest().equals(child.digest());
            if (!isAttestation(child)) {
                present.addAll(found);
            }
        }
        return complete ? List.of(identity) : present;
    }

    /** BuildKit's statements about an image stand beside it in its index. */
    private static boolean isAttestation(Descriptor entry) {
        return entry.annotations().containsKey("vnd.docker.reference.digest");
    }

    private boolean has(Descriptor descriptor) {
        if (descriptor.isForeign()) {
            return true;
        }
        OptionalLong size = archive.size(blob(descriptor.digest()));
        return size.isPresent() && size.getAsLong() == descriptor.size();
    }

    /** A manifest of the layout, verified. */
    Manifest read(Descriptor descriptor) {
        byte[] content = archive.readSmall(scope, blob(descriptor.digest()), JsonLimits.MANIFEST.maxBytes())
                .orElseThrow(() -> invalid("lacks " + descriptor.digest()));
        requireDigest(content, descriptor.digest());
        return Manifest.parse(descriptor.mediaType(), content);
    }

    /** A configuration, verified where its name says its digest. */
    JsonObject configuration(String name, byte[] content) {
        String hex = name.startsWith("blobs/sha256/")
                ? name.substring("blobs/sha256/".length())
                : name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : "";
        if (hex.matches("[0-9a-f]{64}")) {
            requireDigest(content, new Digest(Digest.Algorithm.SHA256, hex));
        }
        if (json(name, content) instanceof JsonObject object) {
            return object;
        }
        throw invalid("has a configuration that is no object, " + Excerpt.quoted(name));
    }

    byte[] content(String name) {
        return archive.readSmall(scope, name, LIMITS.maxBytes())
                .orElseThrow(() -> invalid("lacks the file " + Excerpt.quoted(name)));
    }

    private void requireDigest(byte[] content, Digest digest) {
        byte[] hash = digest.newHash().digest(content);
        if (!Digest.of(digest.algorithm(), hash).equals(digest)) {
            throw invalid("has a file for " + digest + " with another content");
        }
    }

    private JsonValue json(String name, byte[] content) {
        try {
            return JsonReader.read(content, LIMITS);
        } catch (InvalidInputException malformed) {
            throw invalid("has a file " + Excerpt.quoted(name) + " that cannot be read: " + malformed.getMessage());
        }
    }

    static String blob(Digest digest) {
        return "blobs/" + digest.algorithm().prefix() + "/" + digest.hex();
    }

    InvalidInputException invalid(String what) {
        return new InvalidInputException(
                ErrorCode.INVALID_ARCHIVE,
                "archive " + archive.name() + " " + what,
                "What an engine saves is a manifest.json with configurations and layers.");
    }
}
