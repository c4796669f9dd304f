/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
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
        List<JsonObject> content = FixupModel.objects(c, "content");
        Map<String, String> renamed = new LinkedHashMap<>();
        List<JsonValue> changed = new ArrayList<>();
        for (int i = content.size() - 1; i >= 0; i--) {
            String text = content.get(i).string("text").orElseThrow();
            String replaced = i == 2 ? start + text.substring(1) : text;
            for (Map.Entry<String, String> change : renamed.entrySet()) {
                replaced = replaced.replace(change.getKey(), change.getValue());
            }
            renamed.put(pointer(text), pointer(replaced));
            changed.add(
                    0,
                    content.get(i)
                            .with("text", new JsonString(replaced))
                            .with(
                                    "digest",
                                    new JsonString(Digest.sha256(replaced.getBytes(UTF_8))
                                            .toString())));
        }
        JsonObject index = (JsonObject) changed.get(0);
        JsonString digest = new JsonString(index.string("digest").orElseThrow());
        int size = index.string("text").orElseThrow().length();
        return c.with("id", new JsonString(id))
                .with("content", new JsonArray(changed))
                .with(
                        "resolved",
                        c.object("resolved")
                                .orElseThrow()
                                .with("digest", digest)
                                .with("size", JsonNumber.of(size)))
                .with("digest", digest);
    }

    /** Digest and size as they stand in a descriptor. */
    private static String pointer(String text) {
        return Digest.sha256(text.getBytes(UTF_8)) + "\",\"size\":" + text.length();
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
