/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonNull;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Checks the types of a bundle's members, and collects names that are written in the wrong case. */
final class BundleCheck {
    private static final String HINT =
            "Correct the bundle; the types of its members are those of the CNAB core specification, 101.";

    private final List<BundleWarning> warnings = new ArrayList<>();

    private BundleCheck() {}

    /**
     * Checks a bundle.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_BUNDLE}) naming the path of the first member of a wrong type
     */
    static List<BundleWarning> check(JsonObject bundle) {
        BundleCheck check = new BundleCheck();
        check.object(bundle, Shape.BUNDLE, JsonPath.ROOT);
        return List.copyOf(check.warnings);
    }

    private void object(JsonValue value, Shape shape, JsonPath path) {
        if (value == JsonNull.NULL) {
            return;
        }
        if (!(value instanceof JsonObject object)) {
            throw wrong(path, value, "an object");
        }
        object.members().forEach((name, member) -> {
            Shape.Member known = shape.members().get(name);
            if (known != null) {
                member(member, known, path.member(name));
            } else {
                misspelt(name, shape, path);
            }
        });
    }

    private void misspelt(String name, Shape shape, JsonPath path) {
        String folded = fold(name);
        for (String known : shape.members().keySet()) {
            if (fold(known).equals(folded)) {
                warnings.add(new BundleWarning(
                        path.member(name).toString(),
                        "member " + Excerpt.quoted(name) + " at " + path
                                + " is not known, since names are case-sensitive; did you mean \"" + known + "\"?"));
            }
        }
    }

    /** Go compares names of members without case; beyond ASCII two characters fold to letters of such names. */
    private static String fold(String name) {
        return name.replace('\u017F', 's').replace('\u212A', 'k').toLowerCase(Locale.ROOT);
    }

    private void member(JsonValue value, Shape.Member known, JsonPath path) {
        if (value == JsonNull.NULL) {
            return;
        }
        switch (known.kind()) {
            case TEXT -> text(value, path);
            case FLAG -> require(value instanceof JsonBoolean, path, value, "true or false");
            case SIZE -> size(value, path);
            case TEXTS -> elements(value, path, this::text);
            case TEXT_MAP -> members(value, path, this::text);
            case OBJECT -> object(value, known.objects(), path);
            case OBJECTS -> elements(value, path, (item, place) -> object(item, known.objects(), place));
            case OBJECT_MAP -> members(value, path, (item, place) -> object(item, known.objects(), place));
            case SCHEMAS -> members(value, path, BundleCheck::schema);
            case ANYTHING -> require(value instanceof JsonObject, path, value, "an object");
        }
    }

    private void text(JsonValue value, JsonPath path) {
        require(value instanceof JsonString || value == JsonNull.NULL, path, value, "a string");
    }

    private static void schema(JsonValue value, JsonPath path) {
        require(
                value instanceof JsonObject || value instanceof JsonBoolean,
                path,
                value,
                "a JSON schema: an object or a boolean");
    }

    private static void size(JsonValue value, JsonPath path) {
        if (!(value instanceof JsonNumber number)) {
            throw wrong(path, value, "a number");
        }
        long size = number.text().startsWith("-") ? -1 : number.toLong().orElse(-1);
        if (size < 0 || size > Descriptor.MAX_SIZE) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_BUNDLE,
                    "invalid bundle: " + path + " is " + Excerpt.quoted(number.text())
                            + " where an integer from 0 to 2^53-1 is expected",
                    "A size is the number of bytes of the image's manifest; fixing up with --auto-update-bundle fills it in.");
        }
    }

    private static void elements(JsonValue value, JsonPath path, BiConsumer<JsonValue, JsonPath> check) {
        if (!(value instanceof JsonArray array)) {
            throw wrong(path, value, "an array");
        }
        for (int i = 0; i < array.size(); i++) {
            check.accept(array.elements().get(i), path.element(i));
        }
    }

    private static void members(JsonValue value, JsonPath path, BiConsumer<JsonValue, JsonPath> check) {
        if (!(value instanceof JsonObject object)) {
            throw wrong(path, value, "an object");
        }
        object.members().forEach((name, member) -> check.accept(member, path.member(name)));
    }

    private static void require(boolean holds, JsonPath path, JsonValue value, String expected) {
        if (!holds) {
            throw wrong(path, value, expected);
        }
    }

    private static InvalidInputException wrong(JsonPath path, JsonValue value, String expected) {
        return new InvalidInputException(
                ErrorCode.INVALID_BUNDLE,
                "invalid bundle: " + path + " is " + value.kind() + " where " + expected + " is expected",
                HINT);
    }
}
