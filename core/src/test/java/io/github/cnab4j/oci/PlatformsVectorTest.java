/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.vectors.Differences;
import io.github.cnab4j.vectors.Result;
import io.github.cnab4j.vectors.Vectors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class PlatformsVectorTest {
    /** The machine on which the vectors were made. */
    private static final Platform MACHINE = Platform.of("linux", "amd64", null);

    private static final Result NOT_FILTERED = Result.of("kept", "everything, as it is");
    private static final List<String> RESULTS =
            List.of("platform", "platforms", "format", "formatAll", "normalized", "normalizedFormat");

    @TestFactory
    Stream<DynamicNode> readsMatchesAndFiltersAsContainerdDoes() {
        return Vectors.load("platforms.json")
                .check(Differences.Platforms.ALL, PlatformsVectorTest::goTool, PlatformsVectorTest::library);
    }

    private static Result goTool(JsonObject c) {
        String kind = c.string("kind").orElseThrow();
        if (!kind.equals("normalize") && !Differences.Text.isOk(c)) {
            return Result.failed();
        }
        if (kind.equals("filter")) {
            return c.array("keptDigests")
                    .map(digests -> Result.of("kept", texts(digests)))
                    .orElse(NOT_FILTERED);
        }
        Map<String, Object> values = new TreeMap<>();
        for (String name : RESULTS) {
            JsonValue value = c.get(name);
            if (value != null && !(kind.equals("normalize") && name.equals("platform"))) {
                values.put(name, value);
            }
        }
        return Result.of(values);
    }

    private static Result library(JsonObject c) {
        return switch (c.string("kind").orElseThrow()) {
            case "parse" -> parsed(c.string("input").orElseThrow());
            case "parseAll" ->
                Result.of(
                        "platforms",
                        new JsonArray(platforms(c, "inputs").stream()
                                .<JsonValue>map(Platform::toJson)
                                .toList()));
            case "normalize" -> described(Platform.fromJson(c.object("platform").orElseThrow()));
            case "filter" -> filtered(c);
            default -> throw new IllegalArgumentException("unknown kind in " + c);
        };
    }

    private static Result parsed(String input) {
        Platform platform = Platform.parse(input, MACHINE);
        return described(platform).with("platform", platform.toJson());
    }

    private static Result described(Platform platform) {
        Platform normalized = platform.normalized(MACHINE);
        return Result.of(Map.of(
                "format", new JsonString(platform.format()),
                "formatAll", new JsonString(platform.toString()),
                "normalized", normalized.toJson(),
                "normalizedFormat", new JsonString(normalized.toString())));
    }

    private static Result filtered(JsonObject c) {
        List<Platform> wanted = platforms(c, "filter");
        MediaType type = new MediaType(c.string("mediaType").orElseThrow());
        if (wanted.isEmpty() || type.kind() != MediaType.Kind.INDEX) {
            return NOT_FILTERED;
        }
        byte[] index = Differences.Text.bytes(c, "index");
        FilteredIndex filtered =
                PlatformFilter.filter(Descriptor.of(type, index), index, PlatformMatcher.anyOf(wanted, MACHINE));
        return Result.of(
                "kept",
                filtered.kept().stream().map(entry -> entry.digest().toString()).toList());
    }

    private static List<Platform> platforms(JsonObject c, String member) {
        return texts(c.array(member).orElse(JsonArray.empty())).stream()
                .map(specifier -> Platform.parse(specifier, MACHINE))
                .toList();
    }

    private static List<String> texts(JsonArray array) {
        return array.elements().stream()
                .map(text -> ((JsonString) text).value())
                .toList();
    }
}
