/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.RemoteText;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Optional;
import java.util.function.Consumer;

/** The answer to a push: one JSON object a line, to the end of the push. What fails after its start is told in a line, too. */
final class PushStream {
    private static final int LONGEST_LINE = 256 << 10;
    private static final JsonLimits LIMITS = new JsonLimits(LONGEST_LINE, 64, 10_000);

    private final InputStream in;

    PushStream(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * Reads to the end.
     *
     * @return what the engine says went wrong, if anything did
     */
    Optional<String> read(Consumer<PushProgress> listener) throws IOException {
        Optional<String> failure = Optional.empty();
        for (Optional<JsonObject> line = next(); line.isPresent(); line = next()) {
            JsonObject said = line.get();
            Optional<String> error = error(said);
            if (error.isPresent()) {
                failure = failure.or(() -> error);
            } else {
                progress(said).ifPresent(listener);
            }
        }
        return failure;
    }

    private static Optional<String> error(JsonObject said) {
        return said.object("errorDetail")
                .flatMap(detail -> detail.string("message"))
                .or(() -> said.string("error"))
                .map(words -> words.isBlank() ? "no reason given" : words);
    }

    private static Optional<PushProgress> progress(JsonObject said) {
        String status = RemoteText.line(
                said.string("status").or(() -> said.string("stream")).orElse(""));
        if (status.isEmpty()) {
            return Optional.empty();
        }
        JsonObject detail = said.object("progressDetail").orElse(JsonObject.empty());
        return Optional.of(new PushProgress(
                RemoteText.line(said.string("id").orElse("")),
                status,
                number(detail, "current"),
                number(detail, "total")));
    }

    private static long number(JsonObject detail, String name) {
        return detail.get(name) instanceof JsonNumber number
                ? Math.max(0, number.toLong().orElse(0))
                : 0;
    }

    private Optional<JsonObject> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c != '\n' && c != '\r') {
                line.write(c);
            } else if (line.size() > 0) {
                return Optional.of(parse(line));
            }
            if (line.size() > LONGEST_LINE) {
                throw new ProtocolException("a line of more than " + LONGEST_LINE + " bytes");
            }
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(parse(line));
    }

    private static JsonObject parse(ByteArrayOutputStream line) throws ProtocolException {
        try {
            return JsonReader.readObject(line.toByteArray(), LIMITS);
        } catch (InvalidInputException notJson) {
            ProtocolException nonsense = new ProtocolException("its progress cannot be read: " + notJson.getMessage());
            nonsense.initCause(notJson);
            throw nonsense;
        }
    }
}
