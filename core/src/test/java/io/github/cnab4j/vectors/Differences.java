/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/**
 * Every deliberate difference from the Go tool, one nested class for each file of vectors. A predicate looks at a case's input
 * only; one under which nothing differs any more fails its test.
 */
public final class Differences {
    private Differences() {}

    /** Differences in {@code jsonescape.json}. */
    public static final class JsonEscape {
        private JsonEscape() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = List.of(
                Difference.refused("text that is not UTF-8 is refused, not repaired", c -> !isUtf8(c)),
                Difference.refused(
                        "a descriptor without media type and digest is refused",
                        JsonEscape::isDescriptorWithoutIdentity));

        private static boolean isUtf8(JsonObject c) {
            return c.string("inputBase64")
                    .map(base64 -> Base64.getDecoder().decode(base64))
                    .map(Text::isUtf8)
                    .orElse(true);
        }

        // The Go type of a value is a word of its id.
        private static boolean isDescriptorWithoutIdentity(JsonObject c) {
            String input = c.string("input").orElse("");
            return Text.kind("value").test(c)
                    && List.of(c.string("id").orElse("").split("-")).contains("descriptor")
                    && !(input.contains("\"mediaType\"") && input.contains("\"digest\""));
        }
    }

    /** Differences in {@code references.json}. */
    public static final class References {
        private References() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = List.of(new Difference(
                "a host with an underscore is a host, as the Go tool treats it when it connects",
                References::hasUnderscoreInHost,
                (c, soFar) -> soFar.ok() ? withHost(firstPart(c), soFar) : soFar));

        private static boolean hasUnderscoreInHost(JsonObject c) {
            return firstPart(c).matches("[a-z0-9._-]*")
                    && firstPart(c).contains(".")
                    && firstPart(c).contains("_");
        }

        private static String firstPart(JsonObject c) {
            String input = c.string("input").orElse("");
            return input.substring(0, Math.max(0, input.indexOf('/')));
        }

        private static Result withHost(String host, Result soFar) {
            String path = (String) soFar.values().get("path");
            return soFar.with("domain", host).with("path", path.substring(host.length() + 1));
        }
    }

    /** Differences in {@code platforms.json}. */
    public static final class Platforms {
        private Platforms() {}

        /** In the order in which they apply. */
        public static final List<Difference> ALL = List.of(Difference.refused(
                "an index that is ambiguous or lacks what an index must have is refused",
                c -> isFilterOfIndex(c) && !isSoundIndex(c)));

        private static boolean isFilterOfIndex(JsonObject c) {
            String mediaType = c.string("mediaType").orElse("");
            return Text.kind("filter").test(c)
                    && (mediaType.endsWith("index.v1+json") || mediaType.endsWith("list.v2+json"))
                    && c.array("filter").filter(filter -> filter.size() > 0).isPresent();
        }

        private static boolean isSoundIndex(JsonObject c) {
            JsonObject index;
            try {
                index = JsonReader.readObject(Text.bytes(c, "index"), JsonLimits.BUNDLE);
            } catch (InvalidInputException notJson) {
                return false;
            }
            return index.has("manifests")
                    && !index.has("layers")
                    && !index.has("config")
                    && new JsonNumber("2").equals(index.get("schemaVersion"))
                    && index.string("mediaType").equals(c.string("mediaType").filter(type -> index.has("mediaType")))
                    && index.array("manifests").orElse(JsonArray.empty()).elements().stream()
                            .allMatch(Platforms::isDescriptor);
        }

        private static boolean isDescriptor(JsonValue entry) {
            return entry instanceof JsonObject object
                    && object.string("mediaType").isPresent()
                    && object.string("digest").orElse("").matches("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}")
                    && object.get("size") instanceof JsonNumber size
                    && size.text().matches("[0-9]{1,15}");
        }
    }

    /** Properties of texts that predicates ask for. */
    public static final class Text {
        private Text() {}

        /** Whether the Go tool succeeded. */
        public static boolean isOk(JsonObject vectorCase) {
            return vectorCase.get("ok") instanceof JsonBoolean ok && ok.value();
        }

        /** Whether the bytes are well-formed UTF-8. */
        public static boolean isUtf8(byte[] bytes) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
                return true;
            } catch (CharacterCodingException malformed) {
                return false;
            }
        }

        /** The bytes of a case's input: member {@code NAME}, or {@code NAMEBase64} where it is no text. */
        public static byte[] bytes(JsonObject vectorCase, String name) {
            return vectorCase
                    .string(name)
                    .map(text -> text.getBytes(StandardCharsets.UTF_8))
                    .or(() -> vectorCase.string(name + "Base64").map(Base64.getDecoder()::decode))
                    .orElseThrow(() -> new IllegalArgumentException("a case without " + name));
        }

        /** A predicate on the case's member {@code kind}. */
        public static Predicate<JsonObject> kind(String kind) {
            return c -> c.string("kind").filter(kind::equals).isPresent();
        }
    }
}
