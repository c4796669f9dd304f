/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.CanonicalJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A CNAB bundle (CNAB core specification, 101 "The bundle.json File"): an immutable view on the document as it was read, whose
 * members all have the types that the specification gives them. Whether it holds what the specification demands is not checked
 * here. Two bundles are equal if their documents are.
 */
public final class Bundle {
    private final JsonObject json;
    private final List<BundleWarning> warnings;
    private final List<InvocationImage> invocationImages;
    private final Map<String, Image> images;

    private Bundle(JsonObject json, List<BundleWarning> warnings) {
        this.json = json;
        this.warnings = warnings;
        this.invocationImages = elements(json, "invocationImages").stream()
                .map(item -> new InvocationImage(BaseImage.fromJson(object(item))))
                .toList();
        Map<String, Image> components = new LinkedHashMap<>();
        json.object("images").orElse(JsonObject.empty()).members().forEach((name, item) -> {
            JsonObject image = object(item);
            components.put(
                    name,
                    new Image(
                            BaseImage.fromJson(image),
                            image.string("description").orElse("")));
        });
        this.images = Collections.unmodifiableMap(components);
    }

    /**
     * Reads a bundle file.
     *
     * @param utf8 the whole file
     * @throws InvalidInputException {@link ErrorCode#INVALID_JSON} or {@link ErrorCode#LIMIT_EXCEEDED} from the reader, or
     *     {@link ErrorCode#INVALID_BUNDLE} with the path of the first member that has a wrong type
     */
    public static Bundle parse(byte[] utf8) {
        return of(JsonReader.readObject(utf8, JsonLimits.BUNDLE));
    }

    /**
     * The bundle that {@code json} is.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_BUNDLE}) with the path of the first member that has a wrong type
     */
    public static Bundle of(JsonObject json) {
        return new Bundle(json, BundleCheck.check(json));
    }

    /** The document as it was read, members that are not known and their order included. */
    public JsonObject json() {
        return json;
    }

    /** What is legal and probably not meant: names of members in the wrong case. */
    public List<BundleWarning> warnings() {
        return warnings;
    }

    /** Version of the specification, such as {@code v1.2.0}; empty if it is not given. */
    public String schemaVersion() {
        return text("schemaVersion");
    }

    /** Name of the bundle; empty if it is not given. */
    public String name() {
        return text("name");
    }

    /** Version of the bundle; empty if it is not given. */
    public String version() {
        return text("version");
    }

    /** What the bundle is for; empty if it is not given. */
    public String description() {
        return text("description");
    }

    /** Keywords in their order; an empty list is not the same as none. */
    public Optional<List<String>> keywords() {
        return json.array("keywords")
                .map(list -> list.elements().stream().map(Bundle::textOf).toList());
    }

    /** Maintainers in their order; an empty list is not the same as none. */
    public Optional<List<Maintainer>> maintainers() {
        return json.array("maintainers")
                .map(list -> list.elements().stream()
                        .map(item -> maintainer(object(item)))
                        .toList());
    }

    /** The invocation images in their order. */
    public List<InvocationImage> invocationImages() {
        return invocationImages;
    }

    /** The components by name, in the document's order. */
    public Map<String, Image> images() {
        return images;
    }

    /** This bundle with other values for one invocation image; members that {@link BaseImage} does not have stay. */
    public Bundle withInvocationImage(int index, BaseImage image) {
        return withImages(Map.of(index, image), Map.of());
    }

    /** This bundle with other values for one component; members that {@link BaseImage} does not have stay. */
    public Bundle withImage(String name, BaseImage image) {
        return withImages(Map.of(), Map.of(name, image));
    }

    /**
     * This bundle with other values for several images at once.
     *
     * @param invocation invocation images by their index
     * @param components components by their name
     * @throws IllegalArgumentException if the bundle has no such image
     */
    public Bundle withImages(Map<Integer, BaseImage> invocation, Map<String, BaseImage> components) {
        JsonObject.Builder result = json.toBuilder();
        if (!invocation.isEmpty()) {
            List<JsonValue> items = new ArrayList<>(elements(json, "invocationImages"));
            invocation.forEach((index, image) -> {
                if (index < 0 || index >= items.size()) {
                    throw new IllegalArgumentException("no invocation image " + index);
                }
                items.set(index, image.patch(object(items.get(index))));
            });
            result.put("invocationImages", new JsonArray(items));
        }
        if (!components.isEmpty()) {
            JsonObject.Builder items = json.object("images").orElse(JsonObject.empty()).toBuilder();
            components.forEach((name, image) -> {
                if (!images.containsKey(name)) {
                    throw new IllegalArgumentException("no component " + Excerpt.quoted(name));
                }
                items.put(name, image.patch(component(name)));
            });
            result.put("images", items.build());
        }
        return new Bundle(result.build(), warnings);
    }

    /**
     * Checks that images of one name have one digest; what does not say its digest agrees with everything.
     *
     * @throws FixupException ({@link ErrorCode#IMAGE_CONFLICT}) if two images have one name and different digests
     */
    public void requireConsistentImages() {
        Map<String, String> digests = new HashMap<>();
        Stream.concat(
                        invocationImages.stream().map(InvocationImage::base),
                        images.values().stream().map(Image::base))
                .forEach(image -> {
                    String digest = image.contentDigest();
                    String other = digest == null ? null : digests.putIfAbsent(image.image(), digest);
                    if (other != null && !other.equals(digest)) {
                        throw conflict(image.image(), other, String.valueOf(digest));
                    }
                });
    }

    /**
     * The bundle as it is stored, the config blob: canonical JSON (RFC 8785) with the defaults that the Go tool fills in, and
     * with the members that it does not know at their places. Without such members the bytes are the Go tool's.
     */
    public byte[] canonical() {
        return CanonicalJson.write(CanonicalBundle.of(json));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bundle bundle && json.equals(bundle.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** Name and version, for logs. */
    @Override
    public String toString() {
        return "Bundle[" + name() + " " + version() + "]";
    }

    private static FixupException conflict(String image, String one, String other) {
        return new FixupException(
                ErrorCode.IMAGE_CONFLICT,
                image,
                "two images of the bundle are named " + Excerpt.quoted(image) + " and have different digests: "
                        + Excerpt.quoted(one) + " and " + Excerpt.quoted(other),
                "Give each image a name of its own, such as a reference with its digest.",
                List.of());
    }

    private JsonObject component(String name) {
        return json.object("images").flatMap(items -> items.object(name)).orElse(JsonObject.empty());
    }

    private String text(String member) {
        return json.string(member).orElse("");
    }

    private static Maintainer maintainer(JsonObject json) {
        return new Maintainer(
                json.string("name").orElse(""),
                json.string("email").orElse(""),
                json.string("url").orElse(""));
    }

    private static List<JsonValue> elements(JsonObject json, String member) {
        return json.array(member).orElse(JsonArray.empty()).elements();
    }

    /** A {@code null} in a list or map of objects is an object without members. */
    private static JsonObject object(JsonValue value) {
        return value instanceof JsonObject object ? object : JsonObject.empty();
    }

    private static String textOf(JsonValue value) {
        return value instanceof JsonString string ? string.value() : "";
    }
}
