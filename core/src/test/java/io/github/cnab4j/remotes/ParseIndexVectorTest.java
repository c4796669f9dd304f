/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonMutations;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.vectors.Differences;
import io.github.cnab4j.vectors.FixupModel;
import io.github.cnab4j.vectors.Result;
import io.github.cnab4j.vectors.Vectors;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.TestFactory;

/** What a pull makes of an index, a config manifest and a bundle. */
class ParseIndexVectorTest {
    @TestFactory
    Stream<DynamicNode> pullsWhatTheGoToolPulls() {
        return vectors().check(Differences.ParseIndex.ALL, ParseIndexVectorTest::goTool, ParseIndexVectorTest::library);
    }

    /** The model says what is expected where the library differs; where it does not, the model has to agree with the Go tool. */
    @TestFactory
    Stream<DynamicNode> theModelOfAPullAgreesWithTheGoTool() {
        return vectors().check(Differences.ParseIndex.ALL, ParseIndexVectorTest::goTool, Differences.ParseIndex::model);
    }

    @RepeatedTest(3)
    void alteredDocumentsGiveWhatTheModelGives(RepetitionInfo repetition) {
        vectors()
                .compareAltered(
                        300,
                        new Random(repetition.getCurrentRepetition()),
                        ParseIndexVectorTest::altered,
                        Differences.ParseIndex::model,
                        ParseIndexVectorTest::library);
    }

    private static Vectors vectors() {
        return Vectors.load("parse-index.json")
                .plus("by-digest", ParseIndexVectorTest::askingForAnotherDigest)
                .plus("plain", c -> withBundle(c, "unknown-member", "{\"x-owner\":\"a team\","))
                .plus("plain", c -> withBundle(c, "member-twice", "{\"name\":\"demo\","));
    }

    /** The Go tool takes what the registry gives it. */
    private static JsonObject askingForAnotherDigest(JsonObject c) {
        return c.with("id", new JsonString("by-another-digest"))
                .with("ref", new JsonString("registry.test/team/demo@sha256:" + "a".repeat(64)));
    }

    /** The Go tool drops what it does not know and takes the last of two, so its files stay; the digests are others. */
    private static JsonObject withBundle(JsonObject c, String id, String start) {
        JsonObject changed = rebuilt(c, (role, text) -> role.equals("bundle") ? start + text.substring(1) : text);
        return changed.with("id", new JsonString(id))
                .with(
                        "digest",
                        new JsonString(changed.object("resolved")
                                .flatMap(found -> found.string("digest"))
                                .orElseThrow()));
    }

    /** Some cases are left with digests that are wrong, so that these are refused as well. */
    private static JsonObject altered(JsonObject c, Random random) {
        String chosen = List.of("index", "configManifest", "bundle").get(random.nextInt(3));
        return rebuilt(c, (role, text) -> {
            if (!role.equals(chosen)) {
                return text;
            }
            try {
                return JsonMutations.text(random, JsonReader.read(text.getBytes(UTF_8), JsonLimits.BUNDLE));
            } catch (InvalidInputException noTree) {
                return text + "x";
            }
        });
    }

    /** The case with other documents, each of which points to the next one as before. */
    private static JsonObject rebuilt(JsonObject c, BinaryOperator<String> change) {
        List<JsonObject> content = FixupModel.objects(c, "content");
        Map<String, String> moved = new LinkedHashMap<>();
        List<JsonValue> changed = new ArrayList<>();
        for (int i = content.size() - 1; i >= 0; i--) {
            String text = content.get(i).string("text").orElseThrow();
            String other = change.apply(content.get(i).string("role").orElseThrow(), text);
            for (Map.Entry<String, String> pointer : moved.entrySet()) {
                other = other.replace(pointer.getKey(), pointer.getValue());
            }
            moved.put(pointer(text), pointer(other));
            changed.add(
                    0,
                    content.get(i).with("text", new JsonString(other)).with("digest", new JsonString(digest(other))));
        }
        String index = ((JsonObject) changed.get(0)).string("text").orElseThrow();
        JsonObject resolved = c.object("resolved").orElse(JsonObject.empty());
        return c.with("content", new JsonArray(changed))
                .with(
                        "resolved",
                        resolved.with("digest", new JsonString(digest(index)))
                                .with("size", JsonNumber.of(index.getBytes(UTF_8).length)));
    }

    /** Digest and size as they stand in a descriptor. */
    private static String pointer(String text) {
        return digest(text) + "\",\"size\":" + text.getBytes(UTF_8).length;
    }

    private static String digest(String text) {
        return Digest.sha256(text.getBytes(UTF_8)).toString();
    }

    private static Result goTool(JsonObject c) {
        return Differences.Text.isOk(c)
                ? result(
                        text(c, "bundleFile"),
                        text(c, "relocationMapFile"),
                        c.string("digest").orElseThrow())
                : Result.failed();
    }

    private static Result library(JsonObject c) {
        try (Remotes remotes =
                Remotes.builder().stores(new OneStore(new CaseStore(c))).build()) {
            PullResult pulled = remotes.pull(Reference.parse(c.string("ref").orElseThrow()));
            return result(
                    new String(pulled.bundle().canonical(), UTF_8),
                    new String(pulled.relocationMap().canonical(), UTF_8),
                    pulled.digest().toString());
        }
    }

    private static Result result(String bundleFile, String mapFile, String digest) {
        return Result.of(Map.of("bundle file", bundleFile, "map file", mapFile, "digest", digest));
    }

    private static String text(JsonObject c, String blob) {
        return new String(
                Base64.getDecoder()
                        .decode(c.object(blob).orElseThrow().string("base64").orElseThrow()),
                UTF_8);
    }
}
