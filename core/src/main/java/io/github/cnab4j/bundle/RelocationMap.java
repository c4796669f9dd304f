/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.CanonicalJson;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the images of a bundle are (CNAB core specification, 103 "Image Relocation"): the image's name in the bundle, compared
 * as text, and the place where it is. Immutable.
 *
 * @param entries place by name, in the order in which they were put
 */
public record RelocationMap(Map<String, String> entries) {
    private static final RelocationMap EMPTY = new RelocationMap(Map.of());

    /** Copies the entries. */
    public RelocationMap {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The map without entries. */
    public static RelocationMap empty() {
        return EMPTY;
    }

    /**
     * Reads a relocation map file. Its places are not parsed.
     *
     * @param utf8 the whole file
     * @throws InvalidInputException {@link ErrorCode#INVALID_JSON} or {@link ErrorCode#LIMIT_EXCEEDED} from the reader, or
     *     {@link ErrorCode#INVALID_RELOCATION_MAP} if a value is not a string
     */
    public static RelocationMap parse(byte[] utf8) {
        Map<String, String> entries = new LinkedHashMap<>();
        JsonReader.readObject(utf8, JsonLimits.BUNDLE).members().forEach((image, place) -> {
            if (!(place instanceof JsonString text)) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_RELOCATION_MAP,
                        "invalid relocation map: " + Excerpt.quoted(image) + " is mapped to " + place.kind()
                                + " where a string is expected",
                        "A relocation map has the name of an image for each place, as fixup and pull write it.");
            }
            entries.put(image, text.value());
        });
        return new RelocationMap(entries);
    }

    /** Where {@code image} is; empty if the map does not say. */
    public Optional<String> find(String image) {
        return Optional.ofNullable(entries.get(image));
    }

    /** This map with one entry set. To set many, use {@link #withAll}. */
    public RelocationMap with(String image, String place) {
        return withAll(Map.of(image, place));
    }

    /** This map with entries set, in the iteration order of {@code more}. */
    public RelocationMap withAll(Map<String, String> more) {
        Map<String, String> result = new LinkedHashMap<>(entries);
        result.putAll(more);
        return new RelocationMap(result);
    }

    /** The map as it is written to a file: canonical JSON (RFC 8785) without a newline at the end. */
    public byte[] canonical() {
        return CanonicalJson.write(JsonObject.ofStrings(entries));
    }
}
