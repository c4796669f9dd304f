/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.CopyException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.reference.Reference;
import io.github.cnab4j.vectors.Differences;
import io.github.cnab4j.vectors.FixupModel;
import io.github.cnab4j.vectors.Result;
import io.github.cnab4j.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The fixups of {@code fixup.json}; its kind {@code mount} records requests, which are no model for the library's. */
public class FixupVectorTest {
    /** The Go tool's texts and the kind of failure that they are; the first that fits counts. */
    private static final List<Kind> KINDS = List.of(
            new Kind("^\\d+ errors? occurred", "unfound"),
            new Kind("differs .* after fixup", "IMAGE_DIFFERS"),
            new Kind("is not supported", "IMAGE_UNSUPPORTED"),
            new Kind("only one invocation image|^json: |^invalid character|end of JSON input", "INVALID_BUNDLE"),
            new Kind("no descriptor matching the platform filter", "NO_MATCHING_PLATFORM"),
            new Kind("invalid argument|cannot parse platform", "INVALID_PLATFORM"),
            new Kind("^short read", "CONTENT_MISMATCH"),
            new Kind("^sha256:[0-9a-f]+: not found", "NOT_FOUND"),
            new Kind("unexpected status: 4", "REJECTED"));

    private static final String UNKNOWN = "a failure whose kind the Go tool's text does not tell";

    private record Kind(Pattern text, String name) {
        Kind(String text, String name) {
            this(Pattern.compile(text), name);
        }

        /** The kind of a case's failure. */
        static String of(JsonObject c) {
            String error = c.string("error").orElse("");
            return KINDS.stream()
                    .filter(kind -> kind.text.matcher(error).find())
                    .map(Kind::name)
                    .findFirst()
                    .orElse(UNKNOWN);
        }
    }

    @TestFactory
    Stream<DynamicNode> fixup() {
        return Vectors.load("fixup.json")
                .where(c -> c.string("kind").orElse("").equals("fixup"))
                .plus("check-ok", FixupVectorTest::withSecondInvocationImage)
                .plus("component-same-image", FixupVectorTest::withTwoDigestsForOneName)
                .plus("check-ok", c -> withText(c, "unknown-member", "{\"x-owner\":\"a team\","))
                .plus("check-ok", c -> withText(c, "member-twice", "{\"name\":\"demo\","))
                .check(Differences.Fixup.ALL, FixupVectorTest::goTool, FixupVectorTest::library);
    }

    /** The model says what is expected where the library departs from the Go tool, so it must be right where it does not. */
    @TestFactory
    Stream<DynamicNode> modelIsTheGoToolsWhereNothingDiffers() {
        return Vectors.load("fixup.json")
                .where(c -> c.string("kind").orElse("").equals("fixup") && FixupModel.isTrue(c, "ok"))
                .where(c -> Differences.Fixup.ALL.stream()
                        .noneMatch(difference -> difference.holds().test(c)))
                .check(List.of(), FixupVectorTest::goTool, FixupModel::run);
    }

    private static JsonObject withSecondInvocationImage(JsonObject c) {
        return withBundle(c, bundle -> {
                    List<JsonValue> images = new ArrayList<>(
                            bundle.array("invocationImages").orElseThrow().elements());
                    images.add(images.get(0));
                    return bundle.with("invocationImages", new JsonArray(images));
                })
                .with("id", new JsonString("invocation-two"))
                .with("ok", new JsonBoolean(false))
                .with("error", new JsonString("only one invocation image supported"));
    }

    /** With auto-update the Go tool does not look at the digests that the bundle states, so its result stays. */
    private static JsonObject withTwoDigestsForOneName(JsonObject c) {
        return withBundle(c, bundle -> {
                    JsonObject images = bundle.object("images").orElseThrow();
                    JsonObject self = images.object("self").orElseThrow();
                    JsonArray invocation = new JsonArray(List.of(self.with("contentDigest", digest("0"))));
                    return bundle.with("images", images.with("self", self.with("contentDigest", digest("1"))))
                            .with("invocationImages", invocation);
                })
                .with("id", new JsonString("one-name-two-digests"));
    }

    /** The Go tool drops what it does not know and takes the last of two, so its result stays. */
    private static JsonObject withText(JsonObject c, String id, String start) {
        String bundle = c.string("bundle").orElseThrow();
        return c.with("id", new JsonString(id)).with("bundle", new JsonString(start + bundle.substring(1)));
    }

    private static JsonString digest(String digit) {
        return new JsonString("sha256:" + digit.repeat(64));
    }

    private static JsonObject withBundle(JsonObject c, UnaryOperator<JsonObject> change) {
        JsonObject bundle = JsonReader.readObject(bundle(c), JsonLimits.BUNDLE);
        return c.with("bundle", new JsonString(new String(GoJson.write(change.apply(bundle)), StandardCharsets.UTF_8)));
    }

    private static byte[] bundle(JsonObject c) {
        return c.string("bundle").orElseThrow().getBytes(StandardCharsets.UTF_8);
    }

    private static Result goTool(JsonObject c) {
        if (!FixupModel.isTrue(c, "ok")) {
            return FixupModel.failed(Kind.of(c));
        }
        Set<String> pushes = new TreeSet<>();
        FixupModel.objects(c, "pushes").forEach(push -> pushes.add(FixupModel.shown(push)));
        Map<String, List<String>> events = new TreeMap<>();
        FixupModel.objects(c, "events")
                .forEach(event -> add(
                        events,
                        event.string("source").orElseThrow(),
                        event.string("type").orElseThrow()));
        return Result.of(Map.of(
                "bundle", c.string("bundleAfter").orElseThrow(),
                "map", c.string("relocationMapFile").orElseThrow(),
                "pushes", pushes,
                "events", sorted(events)));
    }

    private static Result library(JsonObject c) {
        VectorWorld world = new VectorWorld(c);
        Map<String, List<String>> events = new TreeMap<>();
        try (Remotes remotes = Remotes.builder().stores(world).build()) {
            FixupResult result = remotes.fixup(
                    Bundle.parse(bundle(c)), Reference.parse(c.string("ref").orElseThrow()), options(c, world, events));
            return Result.of(Map.of(
                    "bundle", new String(result.bundle().canonical(), StandardCharsets.UTF_8),
                    "map", new String(result.relocationMap().canonical(), StandardCharsets.UTF_8),
                    "pushes", new TreeSet<>(world.pushes()),
                    "events", sorted(events)));
        } catch (CnabException failure) {
            boolean comparable = FixupModel.isTrue(c, "ok") || !Kind.of(c).equals(UNKNOWN);
            return FixupModel.failed(comparable ? kind(failure) : UNKNOWN);
        }
    }

    private static FixupOptions options(JsonObject c, VectorWorld world, Map<String, List<String>> events) {
        FixupOptions options = FixupOptions.defaults()
                .withAutoBundleUpdate(FixupModel.isTrue(c, "autoUpdateBundle"))
                .withInvocationImagePlatforms(texts(c, "invocationPlatforms"))
                .withComponentImagePlatforms(texts(c, "componentPlatforms"))
                .withEventCallback(event -> {
                    if (event.eventType() != FixupEventType.PROGRESS) {
                        add(events, event.sourceImage(), event.eventType().value());
                    }
                });
        if (c.get("relocationMap") instanceof JsonObject map) {
            options = options.withRelocationMap(RelocationMap.parse(GoJson.write(map)));
        }
        return FixupModel.isTrue(c, "pushImages") ? options.withPushImages(world, new StringBuilder()) : options;
    }

    private static String kind(CnabException failure) {
        CnabException first =
                failure instanceof CopyException copy ? copy.failures().get(0).cause() : failure;
        return switch (first.code()) {
            case INVALID_JSON -> ErrorCode.INVALID_BUNDLE.name();
            case IMAGE_DIFFERS, IMAGE_UNSUPPORTED, IMAGE_CONFLICT, NO_MATCHING_PLATFORM ->
                first.code().name();
            default ->
                first instanceof FixupException ? "unfound" : first.code().name();
        };
    }

    private static void add(Map<String, List<String>> events, String source, String type) {
        events.computeIfAbsent(source, name -> new ArrayList<>()).add(type);
    }

    /** Images start and end in any order; that each starts before it ends is another test's. */
    private static Map<String, List<String>> sorted(Map<String, List<String>> events) {
        events.values().forEach(list -> list.sort(null));
        return events;
    }

    private static String[] texts(JsonObject c, String member) {
        return c.array(member).orElse(JsonArray.empty()).elements().stream()
                .map(text -> ((JsonString) text).value())
                .toArray(String[]::new);
    }
}
