/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import io.github.cnab4j.json.JsonObject;
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

    /** Properties of texts that predicates ask for. */
    public static final class Text {
        private Text() {}

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
