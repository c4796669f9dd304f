/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.vectors.Differences;
import io.github.cnab4j.vectors.FixupModel;
import io.github.cnab4j.vectors.Result;
import io.github.cnab4j.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The pushes of {@code index.json}: which form of a bundle ends up in a registry that refuses some. */
class PushVectorTest {
    @TestFactory
    Stream<DynamicNode> pushesTheFormThatTheRegistryTakes() {
        return vectors().check(Differences.Push.ALL, PushVectorTest::goTool, PushVectorTest::library);
    }

    /** The model says what is expected where the library differs; where it does not, the model has to agree with the Go tool. */
    @TestFactory
    Stream<DynamicNode> theModelOfAPushAgreesWithTheGoTool() {
        return vectors().check(Differences.Push.ALL, PushVectorTest::goTool, Differences.Push::model);
    }

    private static Vectors vectors() {
        return Vectors.load("index.json")
                .where(Differences.Text.kind("push"))
                .plus("push-plain", PushVectorTest::withUnknownMember)
                .plus("push-manifest-cnab-type", PushVectorTest::withDeniedManifest);
    }

    /** The Go tool drops the member, so its result stays. */
    private static JsonObject withUnknownMember(JsonObject c) {
        String bundle = c.string("bundle").orElseThrow();
        return c.with("bundle", new JsonString("{\"x-owner\":\"a team\"," + bundle.substring(1)))
                .with("id", new JsonString("push-unknown-member"));
    }

    /** The Go tool falls back whatever the reason, so its result stays. */
    private static JsonObject withDeniedManifest(JsonObject c) {
        String whole = new String(GoJson.write(c), StandardCharsets.UTF_8).replace("400 Bad Request", "403 Forbidden");
        return JsonReader.readObject(whole.getBytes(StandardCharsets.UTF_8), JsonLimits.BUNDLE)
                .with("id", new JsonString("push-manifest-denied"));
    }

    private static Result goTool(JsonObject c) {
        return Differences.Text.isOk(c)
                ? Result.of("index", FixupModel.shown(c.object("descriptor").orElseThrow()))
                : Result.failed();
    }

    private static Result library(JsonObject c) {
        RefusingStore store = new RefusingStore(c);
        RelocationMap map = c.object("relocationMap")
                .map(entries -> RelocationMap.parse(GoJson.write(entries)))
                .orElse(RelocationMap.empty());
        try (Remotes remotes = Remotes.builder().stores(new OneStore(store)).build()) {
            PushResult pushed = remotes.push(
                    Bundle.parse(Differences.Text.bytes(c, "bundle")),
                    map,
                    Reference.parse(c.string("ref").orElseThrow()),
                    PushOptions.defaults().withAllowFallbacks(FixupModel.isTrue(c, "allowFallbacks")));
            return Result.of("index", FixupModel.shown(pushed.descriptor().toJson()));
        }
    }
}
