/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.vectors.Differences;
import io.github.cnab4j.vectors.Result;
import io.github.cnab4j.vectors.Vectors;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class JsonEscapeVectorTest {
    private static final List<String> RESULTS =
            List.of("goBase64", "jcsBase64", "keyBase64", "twiceBase64", "indentBase64", "outputBase64", "go", "jcs");

    @TestFactory
    Stream<DynamicNode> writesAsGoDoes() {
        return Vectors.load("jsonescape.json")
                .check(Differences.JsonEscape.ALL, JsonEscapeVectorTest::goTool, JsonEscapeVectorTest::library);
    }

    private static Result goTool(JsonObject c) {
        Map<String, String> values = new TreeMap<>();
        for (String name : RESULTS) {
            c.string(name).ifPresent(value -> values.put(name, value));
        }
        c.object("output").flatMap(blob -> blob.string("base64")).ifPresent(value -> values.put("output", value));
        return Result.of(values);
    }

    private static Result library(JsonObject c) {
        String kind = c.string("kind").orElseThrow();
        String input = c.string("input").orElse("");
        return switch (kind) {
            case "string" ->
                string(Base64.getDecoder().decode(c.string("inputBase64").orElseThrow()));
            case "double" -> number(JsonNumber.of(Double.parseDouble(input)));
            case "int64" -> number(JsonNumber.of(Long.parseLong(input)));
            case "uint64" -> number(new JsonNumber(new BigInteger(input).toString()));
            case "value" ->
                Result.of("goBase64", base64(GoJson.write(value(c.string("id").orElseThrow(), read(input)))));
            case "indent" -> Result.of("outputBase64", base64(GoJson.indent(read(input), "   ")));
            case "dockerManifest" -> Result.of("output", base64(dockerManifest(c)));
            default -> throw new IllegalArgumentException("unknown kind " + kind);
        };
    }

    private static Result string(byte[] raw) {
        JsonString text = (JsonString) JsonReader.read(quoted(raw), JsonLimits.BUNDLE);
        JsonArray list = new JsonArray(List.of(text));
        String once = new String(GoJson.write(list), StandardCharsets.UTF_8);
        return Result.of(Map.of(
                "goBase64",
                base64(GoJson.write(text)),
                "jcsBase64",
                base64(CanonicalJson.write(text)),
                "keyBase64",
                base64(GoJson.write(JsonObject.builder().put(text.value(), 1).build())),
                "twiceBase64",
                base64(GoJson.write(new JsonString(once))),
                "indentBase64",
                base64(GoJson.indent(JsonObject.builder().put("k", list).build(), "   "))));
    }

    /** The raw bytes as a JSON string: only what has to be escaped is. */
    private static byte[] quoted(byte[] raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('"');
        for (byte b : raw) {
            if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
                out.writeBytes(String.format("\\u%04x", b).getBytes(StandardCharsets.US_ASCII));
            } else {
                out.write(b);
            }
        }
        out.write('"');
        return out.toByteArray();
    }

    private static Result number(JsonNumber number) {
        return Result.of(Map.of(
                "go",
                new String(GoJson.write(number), StandardCharsets.UTF_8),
                "jcs",
                new String(CanonicalJson.write(number), StandardCharsets.UTF_8)));
    }

    /** A value has the Go type that its id names, which orders its members; what has no type of its own is a map, sorted. */
    private static JsonValue value(String id, JsonValue input) {
        List<String> words = List.of(id.split("-"));
        if (words.contains("descriptor")) {
            return descriptor((JsonObject) input);
        }
        if (words.contains("manifest")) {
            return input;
        }
        if (words.contains("index")) {
            return withSorted((JsonObject) input, "annotations");
        }
        if (words.contains("maintainers")) {
            return new JsonArray(((JsonArray) input)
                    .elements().stream()
                            .map(item -> ordered((JsonObject) item, List.of("name", "email", "url")))
                            .toList());
        }
        return sorted(input);
    }

    private static JsonValue descriptor(JsonObject input) {
        return Descriptor.fromJson(input.has("annotations") ? withSorted(input, "annotations") : input)
                .toJson();
    }

    private static JsonObject withSorted(JsonObject object, String member) {
        return object.object(member)
                .map(map -> object.with(member, sorted(map)))
                .orElse(object);
    }

    private static JsonValue sorted(JsonValue value) {
        if (value instanceof JsonArray array) {
            return new JsonArray(
                    array.elements().stream().map(JsonEscapeVectorTest::sorted).toList());
        }
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> members = new TreeMap<>();
            object.members().forEach((name, member) -> members.put(name, sorted(member)));
            return JsonObject.of(members);
        }
        return value;
    }

    private static JsonValue ordered(JsonObject object, List<String> names) {
        JsonObject.Builder ordered = JsonObject.builder();
        for (String name : names) {
            JsonValue value = object.get(name);
            if (value != null) {
                ordered.put(name, value);
            }
        }
        return ordered.build();
    }

    private static byte[] dockerManifest(JsonObject c) {
        JsonObject config = JsonObject.builder()
                .put("mediaType", MediaType.DOCKER_CONFIG.value())
                .put("size", ((JsonNumber) c.get("configSize")).toLong().orElseThrow())
                .put(
                        "digest",
                        Digest.parse(c.string("configDigest").orElseThrow()).toString())
                .build();
        return GoJson.indent(
                JsonObject.builder()
                        .put("schemaVersion", 2)
                        .put("mediaType", MediaType.DOCKER_MANIFEST.value())
                        .put("config", config)
                        .put("layers", new JsonArray(List.of(config)))
                        .build(),
                "   ");
    }

    private static JsonValue read(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.BUNDLE);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
