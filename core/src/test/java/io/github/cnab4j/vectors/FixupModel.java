/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import io.github.cnab4j.bundle.BaseImage;
import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.Manifest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.oci.Platform;
import io.github.cnab4j.oci.PlatformMatcher;
import io.github.cnab4j.reference.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a fixup of a case of {@code fixup.json} should give, told the slow and simple way: one image after the other, without
 * stores, sessions or events. It says what is expected where the library departs from the Go tool on purpose.
 */
public final class FixupModel {
    /** Which kind of failure it is, in words that both tools' failures are put into. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String failure) {
            super(failure);
        }
    }

    private record Place(boolean invocation, String key, BaseImage image) {}

    private final JsonObject vectorCase;
    private final Bundle bundle;
    private final Map<Reference, Descriptor> lookups = new HashMap<>();
    private final Map<String, byte[]> content = new HashMap<>();
    private final Map<String, String> relocations = new TreeMap<>();
    private final Set<String> pushes = new TreeSet<>();

    private FixupModel(JsonObject vectorCase) {
        this.vectorCase = vectorCase;
        this.bundle = Bundle.parse(bundle(vectorCase));
        objects(vectorCase, "registry")
                .forEach(lookup -> lookup.object("descriptor")
                        .ifPresent(found -> lookups.put(
                                Reference.parse(lookup.string("ref").orElseThrow()), Descriptor.fromJson(found))));
        objects(vectorCase, "content")
                .forEach(entry -> content.put(
                        entry.string("digest").orElseThrow(),
                        entry.string("text").orElseThrow().getBytes(StandardCharsets.UTF_8)));
        vectorCase
                .object("relocationMap")
                .ifPresent(map ->
                        map.members().forEach((name, value) -> relocations.put(name, ((JsonString) value).value())));
    }

    /** A failure of this kind. */
    public static Result failed(String kind) {
        return new Result(false, Map.of("failure", kind));
    }

    /** The objects in an array; none if there is no such array. */
    public static List<JsonObject> objects(JsonObject from, String member) {
        return from.array(member).orElse(JsonArray.empty()).elements().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** Whether the member is {@code true}. */
    public static boolean isTrue(JsonObject from, String member) {
        return from.get(member) instanceof JsonBoolean value && value.value();
    }

    /** A descriptor as pushes are compared: digest, media type, size. */
    public static String shown(JsonObject descriptor) {
        return descriptor.string("digest").orElseThrow() + " "
                + descriptor.string("mediaType").orElseThrow() + " "
                + (descriptor.get("size") instanceof JsonNumber size ? size.text() : "");
    }

    /** The bundle's text. */
    static byte[] bundle(JsonObject vectorCase) {
        return vectorCase.string("bundle").orElseThrow().getBytes(StandardCharsets.UTF_8);
    }

    /** The model of a case; empty if its bundle cannot be read. */
    private static Optional<FixupModel> of(JsonObject vectorCase) {
        return CanonicalModel.configBlob(bundle(vectorCase)).map(readable -> new FixupModel(vectorCase));
    }

    /** The result, failures included. */
    public static Result run(JsonObject vectorCase) {
        try {
            return of(vectorCase)
                    .orElseThrow(() -> new Refused("INVALID_BUNDLE"))
                    .run();
        } catch (Refused refused) {
            return failed(String.valueOf(refused.getMessage()));
        }
    }

    /** Whether an image of the case is found as an index, and platforms are asked for that kind of image. */
    public static boolean filtersAnIndex(JsonObject vectorCase) {
        return of(vectorCase).stream().anyMatch(model -> model.places().stream().anyMatch(model::isFilteredIndex));
    }

    /** The names of the bundle's images, one for each place. */
    public static List<String> names(JsonObject vectorCase) {
        return of(vectorCase).stream()
                .flatMap(model -> model.places().stream())
                .map(place -> place.image().image())
                .toList();
    }

    /** How many invocation images the bundle has. */
    public static int invocationImages(JsonObject vectorCase) {
        return of(vectorCase)
                .map(model -> model.bundle.invocationImages().size())
                .orElse(0);
    }

    /** A start and an end for each place of the bundle, by the image's name there. */
    public static Map<String, List<String>> events(JsonObject vectorCase) {
        Map<String, List<String>> events = new TreeMap<>();
        names(vectorCase)
                .forEach(name -> events.computeIfAbsent(name, n -> new ArrayList<>())
                        .addAll(List.of("CopyImageStart", "CopyImageEnd")));
        events.values().forEach(list -> list.sort(null));
        return events;
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < bundle.invocationImages().size(); i++) {
            places.add(new Place(
                    true, Integer.toString(i), bundle.invocationImages().get(i).base()));
        }
        bundle.images().forEach((name, image) -> places.add(new Place(false, name, image.base())));
        return places;
    }

    private Result run() {
        requirePlatforms();
        if (bundle.invocationImages().isEmpty()) {
            throw new Refused("INVALID_BUNDLE");
        }
        Bundle after = bundle;
        Map<String, String> digests = new HashMap<>();
        Map<String, String> map = new TreeMap<>(relocations);
        Reference target =
                Reference.parse(vectorCase.string("ref").orElseThrow()).repositoryOnly();
        for (Place place : places()) {
            stated(place.image())
                    .ifPresent(digest -> requireSame(digests, place.image().image(), digest));
        }
        digests.clear();
        places().forEach(place -> requireSupported(place.image()));
        for (Place place : places()) {
            Descriptor found = lookup(place.image()).orElseThrow(() -> new Refused("unfound"));
            if (!auto() && !agrees(place.image(), found)) {
                throw new Refused("IMAGE_DIFFERS");
            }
            Descriptor wanted = filter(place, found);
            requireSame(digests, place.image().image(), wanted.digest().toString());
            if (!(inTarget(place.image(), target) && wanted.equals(found))) {
                copy(target, wanted);
            }
            map.put(place.image().image(), target.withDigest(wanted.digest()).toString());
            if (auto() || !wanted.equals(found)) {
                BaseImage base = place.image().describedBy(wanted);
                after = place.invocation()
                        ? after.withInvocationImage(Integer.parseInt(place.key()), base)
                        : after.withImage(place.key(), base);
            }
        }
        JsonObject json = JsonObject.ofStrings(map);
        return Result.of(Map.of(
                "bundle",
                CanonicalModel.configBlob(GoJson.write(after.json())).orElseThrow(),
                "map",
                new String(RelocationMap.parse(GoJson.write(json)).canonical(), StandardCharsets.UTF_8),
                "pushes",
                pushes,
                "events",
                events(vectorCase)));
    }

    private static Optional<String> stated(BaseImage image) {
        return Optional.ofNullable(image.contentDigest());
    }

    private static void requireSame(Map<String, String> digests, String name, String digest) {
        String before = digests.putIfAbsent(name, digest);
        if (before != null && !before.equals(digest)) {
            throw new Refused("IMAGE_CONFLICT");
        }
    }

    private static void requireSupported(BaseImage image) {
        try {
            image.requireSupported();
        } catch (FixupException unsupported) {
            throw new Refused(unsupported.code().name());
        }
    }

    private boolean auto() {
        return isTrue(vectorCase, "autoUpdateBundle");
    }

    private static boolean agrees(BaseImage image, Descriptor found) {
        Long size = image.size();
        return found.digest().toString().equals(image.contentDigest())
                && size != null
                && size == found.size()
                && found.mediaType().value().equals(image.mediaType());
    }

    private String relocated(BaseImage image) {
        return relocations.getOrDefault(image.image(), image.image());
    }

    private Optional<Descriptor> lookup(BaseImage image) {
        String name = relocated(image);
        Optional<Descriptor> engine = vectorCase
                .object("daemon")
                .filter(daemon -> isTrue(vectorCase, "pushImages"))
                .filter(daemon -> daemon.array("localImages")
                        .orElse(JsonArray.empty())
                        .elements()
                        .contains(new JsonString(name.isEmpty() ? stated(image).orElse("") : name)))
                .flatMap(daemon -> daemon.object("targetResolvesAfterPush"))
                .map(Descriptor::fromJson);
        if (name.isEmpty()) {
            return engine;
        }
        String onward = relocations.getOrDefault(name, name);
        return found(onward).or(() -> found(name)).or(() -> engine);
    }

    private Optional<Descriptor> found(String name) {
        return key(name).map(lookups::get);
    }

    /** What is asked for; empty if the name cannot be read. */
    private static Optional<Reference> key(String name) {
        try {
            return Optional.of(Reference.parse(name).orLatest());
        } catch (InvalidInputException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether the image needs no copy, since it is in the target or the engine pushes it there. */
    private boolean inTarget(BaseImage image, Reference target) {
        String name = relocated(image);
        String onward = relocations.getOrDefault(name, name);
        String used = found(onward).isPresent() ? onward : name;
        return found(used).isEmpty()
                || key(used)
                        .filter(place -> place.repositoryOnly().equals(target))
                        .isPresent();
    }

    private List<Platform> platforms(Place place) {
        return platforms(platformOption(place));
    }

    private List<Platform> platforms(String option) {
        return vectorCase.array(option).orElse(JsonArray.empty()).elements().stream()
                .map(text -> Platform.parse(((JsonString) text).value()))
                .toList();
    }

    private boolean isFilteredIndex(Place place) {
        return vectorCase
                        .array(platformOption(place))
                        .filter(list -> list.size() > 0)
                        .isPresent()
                && lookup(place.image())
                        .filter(found -> found.mediaType().kind() == MediaType.Kind.INDEX)
                        .isPresent();
    }

    private static String platformOption(Place place) {
        return place.invocation() ? "invocationPlatforms" : "componentPlatforms";
    }

    private void requirePlatforms() {
        try {
            platforms("invocationPlatforms");
            platforms("componentPlatforms");
        } catch (InvalidInputException unreadable) {
            throw new Refused(unreadable.code().name());
        }
    }

    private Descriptor filter(Place place, Descriptor found) {
        List<Platform> platforms = platforms(place);
        if (platforms.isEmpty() || found.mediaType().kind() != MediaType.Kind.INDEX) {
            return found;
        }
        JsonObject index = JsonReader.readObject(read(found), JsonLimits.MANIFEST);
        List<JsonValue> entries = index.array("manifests").orElseThrow().elements();
        List<JsonValue> kept = entries.stream()
                .filter(entry -> ((JsonObject) entry)
                        .object("platform")
                        .filter(platform -> PlatformMatcher.anyOf(platforms, Platform.ofThisMachine())
                                .matches(Platform.fromJson(platform)))
                        .isPresent())
                .toList();
        if (kept.isEmpty()) {
            throw new Refused("NO_MATCHING_PLATFORM");
        }
        if (kept.size() == entries.size()) {
            return found;
        }
        byte[] rewritten = GoJson.write(index.with("manifests", new JsonArray(kept)));
        Descriptor descriptor = Descriptor.of(found.mediaType(), rewritten);
        content.put(descriptor.digest().toString(), rewritten);
        return descriptor;
    }

    private byte[] read(Descriptor descriptor) {
        byte[] bytes = content.get(descriptor.digest().toString());
        if (bytes == null) {
            throw new Refused("NOT_FOUND");
        }
        if (bytes.length != descriptor.size() || !Digest.sha256(bytes).equals(descriptor.digest())) {
            throw new Refused("CONTENT_MISMATCH");
        }
        return bytes;
    }

    private void copy(Reference target, Descriptor descriptor) {
        if (descriptor.isForeign() || lookups.containsKey(target.withDigest(descriptor.digest()))) {
            return;
        }
        byte[] bytes = read(descriptor);
        if (descriptor.mediaType().isManifest()) {
            successors(descriptor, bytes).forEach(child -> copy(target, child));
        }
        if (objects(vectorCase, "targetPushErrors").stream()
                .filter(error -> !isTrue(error, "alreadyExists"))
                .anyMatch(error -> error.string("digest")
                        .orElse("")
                        .equals(descriptor.digest().toString()))) {
            throw new Refused("REJECTED");
        }
        pushes.add(shown(descriptor.identity().toJson()));
    }

    private static List<Descriptor> successors(Descriptor descriptor, byte[] bytes) {
        try {
            return Manifest.parse(descriptor.mediaType(), bytes).successors();
        } catch (InvalidInputException refused) {
            throw new Refused("INVALID_MANIFEST");
        }
    }
}
