/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.vectors.Differences;
import io.github.cnab4j.vectors.Result;
import io.github.cnab4j.vectors.Vectors;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Relocation map files as they are read; whether their places are references is seen when one is needed. */
class RelocationVectorTest {
    @TestFactory
    Stream<DynamicNode> readsWhatTheGoToolReads() {
        return Vectors.load("relocation.json")
                .plus("rel-empty", RelocationVectorTest::withNullPlace)
                .check(Differences.Relocation.ALL, RelocationVectorTest::goTool, RelocationVectorTest::library);
    }

    /** Go reads null as an empty text. */
    private static JsonObject withNullPlace(JsonObject c) {
        return c.with("id", new JsonString("null-place"))
                .with("input", new JsonString("{\"a\":null}"))
                .with("entries", new JsonArray(List.of(JsonObject.ofStrings(Map.of("key", "a", "value", "")))));
    }

    private static Result goTool(JsonObject c) {
        if (!new JsonBoolean(true).equals(c.get("goValid"))) {
            return Result.failed();
        }
        return Result.of(
                "entries",
                c.array("entries").orElseThrow().elements().stream()
                        .map(JsonObject.class::cast)
                        .collect(Collectors.toMap(
                                entry -> entry.string("key").orElseThrow(),
                                entry -> entry.string("value").orElseThrow())));
    }

    private static Result library(JsonObject c) {
        return Result.of(
                "entries",
                RelocationMap.parse(Differences.Text.bytes(c, "input")).entries());
    }
}
