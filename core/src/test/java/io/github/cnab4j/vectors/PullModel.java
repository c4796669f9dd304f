/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pull makes of the documents of a case, worked out a second time. It says what is expected where the library differs on
 * purpose; where it does not, its results are the Go tool's.
 */
final class PullModel {
    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final Set<String> INDEXES = Set.of(
            "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json");
    private static final Set<String> IMAGES = Set.of(OCI_MANIFEST, DOCKER_MANIFEST);

    /** What the library refuses and the Go tool does not look at. */
    private static final List<Difference> REFUSED = List.of(
            refused("a pull by digest gives that digest or nothing", PullModel::isAnotherThanAskedFor),
            refused(
                    "bytes that are not what their descriptor says are refused",
                    model -> model.documents().anyMatch(Document::isAltered)),
            refused(
                    "manifests with known members in another case are refused",
                    model -> model.manifests().anyMatch(ManifestShape::hasMembersInAnotherCase)),
            refused(
                    "manifests that can be read in two ways are refused",
                    model -> ManifestShape.isContradictoryIndex(model.index.json(), model.index.declared())
                            || (!model.index.isAbsent()
                                    && !model.configManifest.isAbsent()
                                    && !IMAGES.contains(model.configManifest.declared()))
                            || ManifestShape.isContradictoryManifest(
                                    model.configManifest.json(), model.configManifest.declared())),
            refused(
                    "manifests that lack what they must have are refused",
                    model -> !ManifestShape.isSoundIndex(model.index.json())
                            || (!model.configManifest.isAbsent()
                                    && !ManifestShape.isSoundManifest(model.configManifest.json()))),
            refused("two configs are refused", model -> model.entries("config").count() > 1),
            refused(
                    "a component with two entries is refused",
                    model -> model.componentNames().count()
                            > model.componentNames().distinct().count()),
            refused("one name for two digests is refused", PullModel::hasNameOfTwoDigests));

    /** A document that a pull reads: what its descriptor says, and the bytes that a fetch gives. */
    private record Document(JsonObject descriptor, Optional<byte[]> bytes) {
        boolean isAbsent() {
            return bytes.isEmpty();
        }

        String declared() {
            return descriptor.string("mediaType").orElse("");
        }

        JsonObject json() {
            return bytes.flatMap(CanonicalModel::document).orElse(JsonObject.empty());
        }

        boolean isAltered() {
            return bytes.isPresent()
                    && (!Digest.sha256(bytes.get())
                                    .toString()
                                    .equals(descriptor.string("digest").orElse(""))
                            || !JsonNumber.of(bytes.get().length).equals(descriptor.get("size")));
        }
    }

    private final JsonObject vectorCase;
    private final Document index;
    private final Document configManifest;
    private final Document bundle;

    private PullModel(JsonObject vectorCase) {
        this.vectorCase = vectorCase;
        this.index = document(vectorCase.object("resolved"));
        this.configManifest = document(entries("config").findFirst());
        this.bundle = document(configManifest.json().object("config"));
    }

    static List<Difference> differences() {
        Function<JsonObject, byte[]> bundle =
                c -> new PullModel(c).bundle.bytes().orElse(new byte[0]);
        return BundleDifferences.all(List.of(
                List.of(new Difference(
                        "invocation images are paired by digest, else by position",
                        c -> new PullModel(c).hasSeveralInvocationImages(),
                        (c, soFar) -> result(c))),
                BundleDifferences.ofBundle(bundle, PullModel::result),
                REFUSED));
    }

    /** What the library is expected to make of a case, without the code under test. */
    static Result result(JsonObject c) {
        PullModel model = new PullModel(c);
        boolean refused =
                REFUSED.stream().anyMatch(difference -> difference.holds().test(c));
        return refused ? Result.failed() : model.pull();
    }

    private static Difference refused(String what, Predicate<PullModel> holds) {
        return Difference.refused(what, c -> holds.test(new PullModel(c)));
    }

    private Result pull() {
        Optional<String> file = bundle.bytes().flatMap(CanonicalModel::configBlob);
        boolean isBundleIndex = INDEXES.contains(index.declared())
                && entries().allMatch(entry -> isEntry(entry))
                && !configManifest.isAbsent();
        if (!isBundleIndex || file.isEmpty()) {
            return Result.failed();
        }
        Map<String, String> map = new TreeMap<>();
        Reference repository =
                Reference.parse(vectorCase.string("ref").orElseThrow()).repositoryOnly();
        places().forEach((image, digests) -> map.put(
                image,
                repository.withDigest(Digest.parse(digests.iterator().next())).familiarString()));
        return Result.of(Map.of(
                "bundle file", file.get(),
                "map file", CanonicalModel.canonical(JsonObject.ofStrings(map)),
                "digest", index.descriptor().string("digest").orElseThrow()));
    }

    private boolean isEntry(JsonObject entry) {
        String type = annotation(entry, "io.cnab.manifest.type");
        String mediaType = entry.string("mediaType").orElse("");
        return (IMAGES.contains(mediaType) || INDEXES.contains(mediaType))
                && (type.equals("config")
                        || type.equals("invocation")
                        || (type.equals("component")
                                && entry.object("annotations")
                                        .flatMap(all -> all.string("io.cnab.component.name"))
                                        .filter(name -> bundleImages().has(name))
                                        .isPresent()));
    }

    /** The digests by image name; more than one for a name is a conflict. */
    private Map<String, Set<String>> places() {
        Map<String, Set<String>> places = new TreeMap<>();
        List<JsonObject> images = invocationImages();
        List<String> unpaired = new ArrayList<>(entries("invocation")
                .map(entry -> entry.string("digest").orElse(""))
                .toList());
        List<JsonObject> rest = new ArrayList<>();
        for (JsonObject image : images) {
            String digest = image.string("contentDigest").orElse("");
            if (unpaired.remove(digest)) {
                add(places, image, digest);
            } else {
                rest.add(image);
            }
        }
        for (int i = 0; i < Math.min(rest.size(), unpaired.size()); i++) {
            add(places, rest.get(i), unpaired.get(i));
        }
        entries("component")
                .forEach(entry -> add(
                        places,
                        image(bundleImages().get(annotation(entry, "io.cnab.component.name"))),
                        entry.string("digest").orElse("")));
        return places;
    }

    private static void add(Map<String, Set<String>> places, JsonObject image, String digest) {
        places.merge(
                image.string("image").orElse(""),
                Set.of(digest),
                (one, other) -> Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet()));
    }

    private boolean hasNameOfTwoDigests() {
        return places().values().stream().anyMatch(digests -> digests.size() > 1);
    }

    private boolean hasSeveralInvocationImages() {
        return entries("invocation").count() > 1 || invocationImages().size() > 1;
    }

    private boolean isAnotherThanAskedFor() {
        try {
            Digest asked = Reference.parse(vectorCase.string("ref").orElse("")).digest();
            return asked != null
                    && !index.descriptor().string("digest").orElse("").equals(asked.toString());
        } catch (InvalidInputException noReference) {
            return false;
        }
    }

    private Stream<Document> documents() {
        return Stream.of(index, configManifest, bundle);
    }

    private Stream<JsonObject> manifests() {
        return Stream.of(index.json(), configManifest.json());
    }

    private Stream<JsonObject> entries() {
        return index.json().array("manifests").stream()
                .flatMap(list -> list.elements().stream())
                .flatMap(PullModel::object);
    }

    private Stream<JsonObject> entries(String type) {
        return entries()
                .filter(entry -> annotation(entry, "io.cnab.manifest.type").equals(type));
    }

    private Stream<String> componentNames() {
        return entries("component").map(entry -> annotation(entry, "io.cnab.component.name"));
    }

    private List<JsonObject> invocationImages() {
        return bundle.json().array("invocationImages").stream()
                .flatMap(list -> list.elements().stream())
                .map(PullModel::image)
                .toList();
    }

    /** An image that is {@code null} is one without members. */
    private static JsonObject image(@Nullable JsonValue value) {
        return value instanceof JsonObject object ? object : JsonObject.empty();
    }

    private JsonObject bundleImages() {
        return bundle.json().object("images").orElse(JsonObject.empty());
    }

    private static Stream<JsonObject> object(JsonValue value) {
        return value instanceof JsonObject object ? Stream.of(object) : Stream.empty();
    }

    private static String annotation(JsonObject entry, String name) {
        return entry.object("annotations").flatMap(all -> all.string(name)).orElse("");
    }

    private Document document(Optional<JsonObject> descriptor) {
        String digest = descriptor.flatMap(found -> found.string("digest")).orElse("");
        Optional<byte[]> bytes = vectorCase.array("content").stream()
                .flatMap(list -> list.elements().stream())
                .flatMap(PullModel::object)
                .filter(content -> content.string("digest").orElse("").equals(digest))
                .map(content -> Differences.Text.bytes(content, "text"))
                .findFirst();
        return new Document(descriptor.orElse(JsonObject.empty()), bytes);
    }
}
