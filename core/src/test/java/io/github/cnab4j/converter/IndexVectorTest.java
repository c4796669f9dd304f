/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.converter.BundleForm.ConfigForm;
import io.github.cnab4j.converter.BundleForm.IndexForm;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonMutations;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.vectors.Differences;
import io.github.cnab4j.vectors.Result;
import io.github.cnab4j.vectors.Vectors;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.TestFactory;

class IndexVectorTest {
    @TestFactory
    Stream<DynamicNode> makesTheIndexAndItsFallbacksAsTheGoToolDoes() {
        return vectors().check(Differences.Index.ALL, IndexVectorTest::goTool, IndexVectorTest::library);
    }

    /** The model says what is expected where the library differs; where it does not, the model has to agree with the Go tool. */
    @TestFactory
    Stream<DynamicNode> theModelOfTheIndexAgreesWithTheGoTool() {
        return vectors().check(Differences.Index.ALL, IndexVectorTest::goTool, Differences.Index::model);
    }

    @RepeatedTest(3)
    void alteredBundlesGiveWhatTheModelGives(RepetitionInfo repetition) {
        vectors()
                .compareAltered(
                        300,
                        new Random(repetition.getCurrentRepetition()),
                        IndexVectorTest::altered,
                        Differences.Index::model,
                        IndexVectorTest::library);
    }

    private static JsonObject altered(JsonObject c, Random random) {
        String bundle = c.string("bundle").orElse("");
        try {
            bundle = JsonMutations.text(random, JsonReader.read(bundle.getBytes(UTF_8), JsonLimits.BUNDLE));
        } catch (InvalidInputException noTree) {
            // Some cases have a bundle that is none.
        }
        return c.with("bundle", new JsonString(bundle));
    }

    private static Vectors vectors() {
        return Vectors.load("index.json")
                .where(Differences.Text.kind("prepare"))
                .plus("empty-texts", IndexVectorTest::withUnknownMember)
                .plus("empty-texts", IndexVectorTest::withTwoInvocationImages)
                .plus("component-is-invocation", IndexVectorTest::withTwoDigestsOfOneName);
    }

    /** The Go tool drops the member, so its result stays. */
    private static JsonObject withUnknownMember(JsonObject c) {
        return variant(c, "unknown-member", bundle -> bundle.with("x-owner", new JsonString("a team")));
    }

    /** The Go tool takes exactly one. */
    private static JsonObject withTwoInvocationImages(JsonObject c) {
        return variant(c, "two-invocation-images", bundle -> {
                    JsonValue image = bundle.array("invocationImages")
                            .orElseThrow()
                            .elements()
                            .get(0);
                    return bundle.with("invocationImages", new JsonArray(List.of(image, image)));
                })
                .with("ok", new JsonBoolean(false));
    }

    /** The Go tool looks at the relocation map only. Its documents hold the digests, so they are others than those of the case. */
    private static JsonObject withTwoDigestsOfOneName(JsonObject c) {
        return variant(c, "one-name-two-digests", bundle -> {
                    JsonObject images = bundle.object("images").orElseThrow();
                    JsonObject self = images.object("self").orElseThrow();
                    JsonObject invocation = (JsonObject) bundle.array("invocationImages")
                            .orElseThrow()
                            .elements()
                            .get(0);
                    return bundle.with("images", images.with("self", self.with("contentDigest", digest("a"))))
                            .with(
                                    "invocationImages",
                                    new JsonArray(List.of(invocation.with("contentDigest", digest("b")))));
                })
                .without("configs");
    }

    private static JsonString digest(String character) {
        return new JsonString("sha256:" + character.repeat(64));
    }

    private static JsonObject variant(JsonObject c, String id, UnaryOperator<JsonObject> change) {
        JsonObject bundle = JsonReader.readObject(Differences.Text.bytes(c, "bundle"), JsonLimits.BUNDLE);
        return c.with("id", new JsonString(id))
                .with("bundle", new JsonString(new String(GoJson.write(change.apply(bundle)), UTF_8)));
    }

    private static Result goTool(JsonObject c) {
        if (!Differences.Text.isOk(c)) {
            return Result.failed();
        }
        Map<String, String> values = new TreeMap<>();
        List<JsonObject> configs = objects(c, "configs");
        for (int form = 0; form < configs.size(); form++) {
            JsonObject config = configs.get(form);
            values.put("config " + form, descriptor(config.object("configDescriptor")));
            values.put("manifest " + form, text(config.object("manifest")));
            values.put("manifest " + form + " descriptor", descriptor(config.object("manifestDescriptor")));
            values.put("index " + form, text(config.object("index")));
            values.put("index " + form + " descriptor", descriptor(config.object("indexDescriptor")));
            values.put("list " + form, text(config.object("manifestList")));
            values.put("list " + form + " descriptor", descriptor(config.object("manifestListDescriptor")));
        }
        return Result.of(values);
    }

    private static Result library(JsonObject c) {
        Map<String, String> map = new LinkedHashMap<>();
        c.object("relocationMap")
                .orElse(JsonObject.empty())
                .members()
                .forEach((image, place) -> map.put(image, ((JsonString) place).value()));
        BundleForms forms = BundleForms.prepare(
                Bundle.parse(Differences.Text.bytes(c, "bundle")),
                new RelocationMap(map),
                Location.parse(c.string("ref").orElseThrow()),
                ManifestOption.NONE);
        Map<String, String> values = new TreeMap<>();
        for (ConfigForm configForm : ConfigForm.values()) {
            int number = configForm.ordinal();
            BundleForm index = forms.form(configForm, IndexForm.OCI);
            BundleForm list = forms.form(configForm, IndexForm.DOCKER);
            values.put("config " + number, descriptor(index.configBlob()));
            values.put("manifest " + number, text(index.configManifest()));
            values.put("manifest " + number + " descriptor", descriptor(index.configManifest()));
            values.put("index " + number, text(index.index()));
            values.put("index " + number + " descriptor", descriptor(index.index()));
            values.put("list " + number, text(list.index()));
            values.put("list " + number + " descriptor", descriptor(list.index()));
        }
        return Result.of(values);
    }

    private static List<JsonObject> objects(JsonObject object, String member) {
        return object.array(member).stream()
                .flatMap(list -> list.elements().stream())
                .map(JsonObject.class::cast)
                .toList();
    }

    private static String descriptor(Optional<JsonObject> descriptor) {
        JsonObject json = descriptor.orElseThrow();
        return json.string("mediaType").orElseThrow() + " "
                + json.string("digest").orElseThrow() + " "
                + ((JsonNumber) json.members().get("size")).text();
    }

    private static String descriptor(Payload payload) {
        return payload.descriptor().mediaType() + " " + payload.descriptor().digest() + " "
                + payload.descriptor().size();
    }

    private static String text(Optional<JsonObject> blob) {
        return new String(
                Base64.getDecoder().decode(blob.orElseThrow().string("base64").orElseThrow()), UTF_8);
    }

    private static String text(Payload payload) {
        return new String(payload.content(), UTF_8);
    }
}
