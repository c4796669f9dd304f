/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.server.storage.Digest;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** A record as a line: eight hex digits of a CRC-32 over what follows them, a blank, JSON, a line feed. */
final class JournalLine {
    private static final int CHECKSUM = 8;
    private static final String PUT = "put";
    private static final String TAGS = "tags";
    private static final String UNTAG = "untag";
    private static final String DROP = "drop";
    private static final String SHOWN = "shown";

    private JournalLine() {}

    static byte[] write(List<JournalRecord> records) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (JournalRecord record : records) {
            byte[] json = GoJson.write(toJson(record));
            lines.writeBytes((checksum(json, 0, json.length) + " ").getBytes(UTF_8));
            lines.writeBytes(json);
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /** Reads a line without its line feed; empty if it is damaged, or of a kind that this version does not know. */
    static Optional<JournalRecord> read(byte[] line) {
        int start = CHECKSUM + 1;
        if (line.length <= start
                || !checksum(line, start, line.length - start).equals(new String(line, 0, CHECKSUM, UTF_8))) {
            return Optional.empty();
        }
        byte[] json = new byte[line.length - start];
        System.arraycopy(line, start, json, 0, json.length);
        try {
            return ofJson(JsonReader.readObject(json, JsonLimits.BUNDLE));
        } catch (InvalidInputException unknown) {
            return Optional.empty();
        }
    }

    private static String checksum(byte[] bytes, int offset, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, offset, length);
        return String.format("%08x", sum.getValue());
    }

    private static JsonObject toJson(JournalRecord record) {
        JsonObject.Builder json = JsonObject.builder();
        if (record instanceof JournalRecord.Put put) {
            json.put(PUT, manifest(put.manifest()));
            if (!put.tags().isEmpty()) {
                json.put(TAGS, JsonArray.ofStrings(put.tags()));
            }
        } else if (record instanceof JournalRecord.Untag untag) {
            json.put(UNTAG, untag.tag());
        } else if (record instanceof JournalRecord.Drop drop) {
            json.put(DROP, drop.digest().toString());
        } else {
            json.put(SHOWN, 1);
        }
        return json.build();
    }

    private static JsonObject manifest(KnownManifest manifest) {
        JsonObject.Builder json = JsonObject.builder()
                .put("mediaType", manifest.mediaType())
                .put("digest", manifest.digest().toString())
                .put("size", manifest.size());
        Digest subject = manifest.subject();
        if (subject != null) {
            json.put("subject", subject.toString());
        }
        if (!manifest.children().isEmpty()) {
            json.put(
                    "children",
                    JsonArray.ofStrings(
                            manifest.children().stream().map(Digest::toString).toList()));
        }
        return json.build();
    }

    private static Optional<JournalRecord> ofJson(JsonObject json) {
        if (json.has(PUT)) {
            return json.object(PUT)
                    .flatMap(JournalLine::manifest)
                    .map(manifest -> new JournalRecord.Put(manifest, strings(json, TAGS)));
        }
        if (json.has(UNTAG)) {
            return json.string(UNTAG).map(JournalRecord.Untag::new);
        }
        if (json.has(DROP)) {
            return json.string(DROP).flatMap(Digest::parse).map(JournalRecord.Drop::new);
        }
        return json.has(SHOWN) ? Optional.of(new JournalRecord.Shown()) : Optional.empty();
    }

    private static Optional<KnownManifest> manifest(JsonObject json) {
        Optional<Digest> digest = json.string("digest").flatMap(Digest::parse);
        Optional<String> mediaType = json.string("mediaType");
        if (digest.isEmpty() || mediaType.isEmpty() || !(json.get("size") instanceof JsonNumber size)) {
            return Optional.empty();
        }
        return Optional.of(new KnownManifest(
                digest.get(),
                mediaType.get(),
                size.toLong().orElse(0),
                json.string("subject").flatMap(Digest::parse).orElse(null),
                strings(json, "children").stream()
                        .flatMap(child -> Digest.parse(child).stream())
                        .toList()));
    }

    private static List<String> strings(JsonObject json, String name) {
        return json.array(name).orElse(JsonArray.empty()).elements().stream()
                .flatMap(element -> element instanceof JsonString text
                        ? Optional.of(text.value()).stream()
                        : Optional.<String>empty().stream())
                .toList();
    }
}
