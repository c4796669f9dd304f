/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonMutations;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.vectors.Differences;
import io.github.cnab4j.vectors.Result;
import io.github.cnab4j.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.TestFactory;

class CanonicalVectorTest {
    @TestFactory
    Stream<DynamicNode> writesTheConfigBlobAsTheGoToolDoes() {
        return Vectors.load("canonical.json")
                .check(Differences.Canonical.ALL, CanonicalVectorTest::goTool, CanonicalVectorTest::library);
    }

    /** The model says what is expected where the library differs; where it does not, the model has to agree with the Go tool. */
    @TestFactory
    Stream<DynamicNode> theModelOfTheConfigBlobAgreesWithTheGoTool() {
        return Vectors.load("canonical.json")
                .check(Differences.Canonical.ALL, CanonicalVectorTest::goTool, Differences.Canonical::model);
    }

    @RepeatedTest(3)
    void alteredBundlesGiveWhatTheModelGives(RepetitionInfo repetition) {
        Vectors.load("canonical.json")
                .compareAltered(
                        1_000,
                        new Random(repetition.getCurrentRepetition()),
                        CanonicalVectorTest::altered,
                        Differences.Canonical::model,
                        CanonicalVectorTest::library);
    }

    /** Bytes are altered, or the tree where there is one. */
    private static JsonObject altered(JsonObject c, Random random) {
        byte[] input = Differences.Text.bytes(c, "input");
        byte[] altered = JsonMutations.bytes(random, input);
        if (random.nextInt(4) > 0) {
            try {
                altered = JsonMutations.text(random, JsonReader.read(input, JsonLimits.BUNDLE))
                        .getBytes(StandardCharsets.UTF_8);
            } catch (InvalidInputException noTree) {
                // The altered bytes will do.
            }
        }
        return JsonObject.builder()
                .put("inputBase64", Base64.getEncoder().encodeToString(altered))
                .build();
    }

    private static Result goTool(JsonObject c) {
        return c.object("blob")
                .flatMap(blob -> blob.string("base64"))
                .map(base64 -> blob(Base64.getDecoder().decode(base64)))
                .orElse(Result.failed());
    }

    private static Result library(JsonObject c) {
        return blob(Bundle.parse(Differences.Text.bytes(c, "input")).canonical());
    }

    private static Result blob(byte[] bytes) {
        return Result.of("blob", new String(bytes, StandardCharsets.UTF_8));
    }
}
