/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonNull;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bundle that another one needs (CNAB dependencies specification, 500: the extension {@code io.cnab.dependencies}).
 *
 * @param key what the bundle that needs it calls it
 * @param bundle reference of the needed bundle as it is written
 * @param ranges ranges of versions, one of which has to hold; none: any version
 * @param prereleases whether pre-releases count
 */
public record Dependency(String key, String bundle, List<String> ranges, boolean prereleases) {
    /** The extension that these are read from. */
    public static final String EXTENSION = "io.cnab.dependencies";

    private static final int MOST_RANGES = 100;

    /** Copies the list. */
    public Dependency {
        ranges = List.copyOf(ranges);
    }

    /**
     * What a bundle depends on: first in the order of the extension's {@code sequence}, then the others in theirs.
     *
     * @throws InvalidInputException ({@link ErrorCode#INVALID_BUNDLE}) if the extension is not what the specification says
     */
    public static List<Dependency> of(Bundle bundle) {
        JsonPath path = JsonPath.ROOT.member("custom").member(EXTENSION);
        JsonObject extension =
                object(bundle.json().object("custom").orElse(JsonObject.empty()).get(EXTENSION), path);
        JsonObject requires = object(extension.get("requires"), path.member("requires"));
        Set<String> keys = new LinkedHashSet<>(texts(extension.get("sequence"), path.member("sequence")));
        keys.addAll(requires.members().keySet());
        List<Dependency> dependencies = new ArrayList<>();
        for (String key : keys) {
            JsonPath place = path.member("requires").member(key);
            JsonValue value = requires.get(key);
            if (value == null) {
                throw wrong(path.member("sequence"), "names " + Excerpt.quoted(key) + ", which is not in \"requires\"");
            }
            dependencies.add(read(key, object(value, place), place));
        }
        return List.copyOf(dependencies);
    }

    private static Dependency read(String key, JsonObject json, JsonPath path) {
        String bundle = json.string("bundle")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> wrong(path.member("bundle"), "is not the reference of a bundle"));
        JsonObject version = object(json.get("version"), path.member("version"));
        List<String> ranges =
                texts(version.get("ranges"), path.member("version").member("ranges"));
        JsonValue prereleases = version.get("prereleases");
        boolean isFlag = isAbsent(prereleases) || prereleases instanceof JsonBoolean;
        if (!isFlag) {
            throw wrong(path.member("version").member("prereleases"), "is neither true nor false");
        }
        return new Dependency(key, bundle, ranges, prereleases instanceof JsonBoolean flag && flag.value());
    }

    private static JsonObject object(@Nullable JsonValue value, JsonPath path) {
        if (isAbsent(value)) {
            return JsonObject.empty();
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw wrong(path, "is not an object");
    }

    private static List<String> texts(@Nullable JsonValue value, JsonPath path) {
        if (isAbsent(value)) {
            return List.of();
        }
        if (!(value instanceof JsonArray array) || array.size() > MOST_RANGES) {
            throw wrong(path, "is not a list of at most " + MOST_RANGES + " strings");
        }
        List<String> texts = new ArrayList<>();
        for (JsonValue element : array) {
            if (!(element instanceof JsonString text)) {
                throw wrong(path, "is not a list of strings");
            }
            texts.add(text.value());
        }
        return texts;
    }

    private static boolean isAbsent(@Nullable JsonValue value) {
        return value == null || value == JsonNull.NULL;
    }

    private static InvalidInputException wrong(JsonPath path, String what) {
        return new InvalidInputException(
                ErrorCode.INVALID_BUNDLE,
                "invalid dependencies: " + path + " " + what,
                "The extension is described in the CNAB dependencies specification, 500.");
    }
}
