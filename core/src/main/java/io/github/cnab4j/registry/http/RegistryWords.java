/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.RemoteText;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a registry says about a refusal: the error list of the OCI distribution specification ("Error Codes"), or whatever text
 * came in its place. The text is fit for a terminal and a log: one line, short, no control characters, no queries of URLs.
 *
 * @param codes the error code of each entry, in their order
 * @param text the messages in one line; empty if nothing was said
 */
public record RegistryWords(List<String> codes, String text) {
    /** How much of a body is read, in bytes. */
    static final int LARGEST_BODY = 64 * 1024;

    private static final int LONGEST_CODE = 64;
    private static final JsonLimits LIMITS = new JsonLimits(LARGEST_BODY, 64, 10_000);

    /** No words. */
    static final RegistryWords NONE = new RegistryWords(List.of(), "");

    /** Copies the list. */
    public RegistryWords {
        codes = List.copyOf(codes);
    }

    /** Reads the body of a refusal, at most 64 KiB of it. */
    public static RegistryWords read(HttpReply reply) {
        return read(BoundedBody.beginning(reply.body(), LARGEST_BODY));
    }

    /** Reads what was kept of the body of a refusal. */
    static RegistryWords read(byte[] body) {
        try {
            return of(JsonReader.readObject(body, LIMITS));
        } catch (InvalidInputException notJson) {
            String raw = new String(body, StandardCharsets.UTF_8);
            boolean page = raw.stripLeading().startsWith("<");
            return new RegistryWords(List.of(), page ? "a web page instead of a registry's answer" : clean(raw));
        }
    }

    /** A text from outside as it may be shown: one line of at most 1,024 characters, without what may be secret. */
    public static String clean(String raw) {
        return RemoteText.line(raw);
    }

    /** The words behind a colon, or nothing. */
    public String suffix() {
        return text.isEmpty() ? "" : ": " + text;
    }

    /** Whether the registry gave this code. */
    public boolean has(String code) {
        return codes.contains(code);
    }

    /** Whether the text has these words, in any case. */
    public boolean mention(String words) {
        return text.toLowerCase(Locale.ROOT).contains(words);
    }

    private static RegistryWords of(JsonObject body) {
        List<String> codes = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        body.array("errors").orElse(JsonArray.empty()).elements().forEach(element -> {
            if (element instanceof JsonObject error) {
                String code = clean(error.string("code").orElse(""));
                String message = error.string("message").orElse("");
                if (!code.isEmpty() && code.length() <= LONGEST_CODE) {
                    codes.add(code);
                }
                messages.add(code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message);
            }
        });
        if (messages.isEmpty()) {
            // Token services and proxies: one object with a text under one of the usual names.
            for (String name : List.of("details", "message", "error_description", "error")) {
                body.string(name).ifPresent(messages::add);
            }
        }
        return new RegistryWords(codes, clean(String.join("; ", messages)));
    }
}
