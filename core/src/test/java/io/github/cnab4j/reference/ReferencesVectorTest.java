/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.reference;

import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.vectors.Differences;
import io.github.cnab4j.vectors.Result;
import io.github.cnab4j.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class ReferencesVectorTest {
    private static final List<String> RESULTS = List.of(
            "domain", "path", "name", "tag", "digest", "string", "familiarString", "familiarName", "tagNameOnly");

    @TestFactory
    Stream<DynamicNode> readsAsDockerDoes() {
        return Vectors.load("references.json")
                .check(Differences.References.ALL, ReferencesVectorTest::goTool, ReferencesVectorTest::library);
    }

    private static Result goTool(JsonObject c) {
        if (!Differences.Text.isOk(c)) {
            return Result.failed();
        }
        Map<String, String> values = new TreeMap<>();
        RESULTS.forEach(name -> values.put(name, c.string(name).orElseThrow()));
        return Result.of(values);
    }

    private static Result library(JsonObject c) {
        byte[] input = Differences.Text.bytes(c, "input");
        Reference reference = Reference.parse(new String(input, StandardCharsets.UTF_8));
        Repository repository = reference.repository();
        return Result.of(Map.of(
                "domain", repository.domain(),
                "path", repository.path(),
                "name", repository.toString(),
                "tag", reference.tag() == null ? "" : reference.tag(),
                "digest", reference.digest() == null ? "" : reference.digest().toString(),
                "string", reference.toString(),
                "familiarString", reference.familiarString(),
                "familiarName", repository.familiarName(),
                "tagNameOnly", reference.orLatest().toString()));
    }
}
