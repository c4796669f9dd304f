/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Texts that are nearly what they should be, by the random numbers of a seed. */
public final class JsonMutations {
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1",
            "-1",
            "1.0",
            "1e3",
            "9007199254740991",
            "9007199254740992",
            "1e400",
            "\"\"",
            "\"a\"",
            "\"docker\"",
            "\"oci\"",
            "\"\\u2028<&\\ud83d\\ude00\"",
            "[]",
            "{}",
            "[null]",
            "[{}]",
            "{\"a\":null}",
            "{\"a\":{}}",
            "\"sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"");

    private JsonMutations() {}

    /** A few bytes replaced, removed or repeated. */
    public static byte[] bytes(Random random, byte[] text) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : text) {
            bytes.add(b);
        }
        for (int edits = 1 + random.nextInt(3); edits > 0 && !bytes.isEmpty(); edits--) {
            int at = random.nextInt(bytes.size());
            switch (random.nextInt(3)) {
                case 0 -> bytes.set(at, (byte) random.nextInt(256));
                case 1 -> bytes.remove(at);
                default -> bytes.add(at, bytes.get(random.nextInt(bytes.size())));
            }
        }
        byte[] result = new byte[bytes.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = bytes.get(i);
        }
        return result;
    }

    /** The text of a tree in which a value was replaced, or a member removed, renamed, repeated or added. */
    public static String text(Random random, JsonValue tree) {
        StringBuilder out = new StringBuilder();
        write(random, tree, 1 + random.nextInt(3), out);
        return out.toString();
    }

    /** Writes {@code value} with about {@code edits} mutations somewhere in it. */
    private static void write(Random random, JsonValue value, int edits, StringBuilder out) {
        boolean isLeaf =
                !(value instanceof JsonObject object && !object.members().isEmpty())
                        && !(value instanceof JsonArray array && array.size() > 0);
        if (edits > 0 && (isLeaf || random.nextInt(6) == 0)) {
            out.append(VALUES.get(random.nextInt(VALUES.size())));
        } else if (value instanceof JsonObject object) {
            writeMembers(random, object, edits, out);
        } else if (value instanceof JsonArray array) {
            int chosen = array.size() == 0 ? 0 : random.nextInt(array.size());
            out.append('[');
            for (int i = 0; i < array.size(); i++) {
                out.append(i == 0 ? "" : ",");
                write(random, array.elements().get(i), i == chosen ? edits : 0, out);
            }
            out.append(']');
        } else {
            out.append(new String(GoJson.write(value), StandardCharsets.UTF_8));
        }
    }

    private static void writeMembers(Random random, JsonObject object, int edits, StringBuilder out) {
        Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
        List<String> names = List.copyOf(members.keySet());
        String chosen = names.isEmpty() ? "" : names.get(random.nextInt(names.size()));
        List<String> written = new ArrayList<>();
        members.forEach((name, member) -> {
            int here = name.equals(chosen) ? edits : 0;
            int edit = here > 0 ? random.nextInt(12) : 12;
            switch (edit) {
                case 0 -> {
                    // The member is left out.
                }
                case 1 -> written.add(member(random, name.toUpperCase(Locale.ROOT), member, 0));
                case 2 -> written.add(member(random, name + "x", member, 0));
                case 3 -> {
                    written.add(member(random, name, member, 0));
                    written.add(member(random, random.nextBoolean() ? name : "x-" + name, member, here));
                }
                default -> written.add(member(random, name, member, here));
            }
        });
        out.append('{').append(String.join(",", written)).append('}');
    }

    private static String member(Random random, String name, JsonValue value, int edits) {
        StringBuilder out = new StringBuilder(new String(GoJson.write(new JsonString(name)), StandardCharsets.UTF_8));
        write(random, value, edits, out.append(':'));
        return out.toString();
    }
}
