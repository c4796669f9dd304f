/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The registry of a push case. It counts as the Go tool pushes: the config blob once more, under another media type, in front of
 * every fallback of its manifest.
 */
public final class PushRegistry {
    /**
     * What is pushed.
     *
     * @param mediaType its type; blobs have the type of the config
     * @param configMediaType of a manifest, the type of its config; empty otherwise
     * @param childMediaTypes of an index, the types of its entries
     * @param byTag whether the name in the request is a tag
     */
    public record Push(String mediaType, String configMediaType, List<String> childMediaTypes, boolean byTag) {}

    /** Why the registry refuses: a status and what it says. Texts that name no status are taken for a plain 400. */
    public record Refusal(int status, List<String> codes, String text) {
        private static final Pattern STATUS = Pattern.compile("unexpected status from [^:]*(?:://\\S*)?: ([0-9]{3})");
        private static final Pattern CODE = Pattern.compile("\"code\": ?\"([A-Z_]+)\"|(?m)^([a-z_]+(?: [a-z]+)*): ");
        private static final List<String> KNOWN = List.of(
                "MANIFEST_INVALID",
                "UNSUPPORTED",
                "DENIED",
                "UNAUTHORIZED",
                "TAG_INVALID",
                "TOOMANYREQUESTS",
                "MANIFEST_BLOB_UNKNOWN",
                "MANIFEST_UNKNOWN",
                "NAME_UNKNOWN",
                "NAME_INVALID",
                "DIGEST_INVALID",
                "SIZE_INVALID",
                "BLOB_UNKNOWN",
                "UNAVAILABLE",
                "UNKNOWN");

        static Refusal of(String text) {
            Matcher status = STATUS.matcher(text);
            List<String> codes = new ArrayList<>();
            CODE.matcher(text).results().forEach(found -> {
                String word = found.group(1) != null
                        ? found.group(1)
                        : found.group(2).toUpperCase(Locale.ROOT).replace(' ', '_');
                if (KNOWN.contains(word)) {
                    codes.add(word);
                }
            });
            return new Refusal(status.find() ? Integer.parseInt(status.group(1)) : 400, codes, text);
        }

        /** Whether another form may be tried: only when it is the form that the registry does not take. */
        boolean isOfForm() {
            boolean otherReason = codes.stream()
                    .anyMatch(code -> !List.of("MANIFEST_INVALID", "UNSUPPORTED", "UNKNOWN")
                            .contains(code));
            boolean namesForm = codes.contains("MANIFEST_INVALID") || codes.contains("UNSUPPORTED");
            boolean mayMeanForm = List.of(400, 404, 405, 415, 422, 500, 501).contains(status);
            boolean cannotMeanForm = List.of(401, 403, 429, 502, 503, 504).contains(status);
            return !otherReason && !cannotMeanForm && (namesForm || mayMeanForm);
        }
    }

    private static final String PREFERRED = "application/vnd.cnab.config.v1+json";

    private final JsonObject vectorCase;
    private int pushes;

    public PushRegistry(JsonObject vectorCase) {
        this.vectorCase = vectorCase;
    }

    /** The config blob, pushed for the first time. */
    public Optional<Refusal> takeBlob(String mediaType) {
        pushes++;
        return vectorCase.has("refusedManifests")
                ? Optional.empty()
                : refusal(new Push(mediaType, "", List.of(), false));
    }

    /** A manifest or an index. The Go tool pushes the blob again in front of a fallback; the library does not: it is there. */
    public Optional<Refusal> takeManifest(Push push) {
        boolean isFallback =
                !push.configMediaType().isEmpty() && !push.configMediaType().equals(PREFERRED);
        pushes += isFallback ? 2 : 1;
        return refusal(push);
    }

    private Optional<Refusal> refusal(Push push) {
        return text(push).filter(text -> !text.endsWith("already exists")).map(Refusal::of);
    }

    private Optional<String> text(Push push) {
        if (vectorCase.has("refusedManifests")) {
            return objects("refusedManifests")
                    .filter(rule -> holds(rule, push))
                    .findFirst()
                    .flatMap(rule -> rule.string("error"));
        }
        if (vectorCase.has("refusedMediaTypes")) {
            boolean refused = vectorCase.array("refusedMediaTypes").stream()
                    .flatMap(types -> types.elements().stream())
                    .anyMatch(new JsonString(push.mediaType())::equals);
            return refused ? vectorCase.string("refusal") : Optional.empty();
        }
        return objects("refusedPushes")
                .filter(refused -> JsonNumber.of(pushes).equals(refused.get("push")))
                .findFirst()
                .flatMap(refused -> refused.string("error"));
    }

    private Stream<JsonObject> objects(String member) {
        return vectorCase.array(member).stream()
                .flatMap(list -> list.elements().stream())
                .map(JsonObject.class::cast);
    }

    private static boolean holds(JsonObject rule, Push push) {
        return rule.members().entrySet().stream()
                .allMatch(condition -> holds(condition.getKey(), condition.getValue(), push));
    }

    private static boolean holds(String condition, JsonValue value, Push push) {
        return switch (condition) {
            case "mediaType" -> value.equals(new JsonString(push.mediaType()));
            case "configMediaType" -> value.equals(new JsonString(push.configMediaType()));
            case "childMediaType" ->
                push.childMediaTypes().stream().anyMatch(child -> value.equals(new JsonString(child)));
            case "byTag" -> value.equals(new JsonBoolean(push.byTag()));
            case "error" -> true;
            default -> throw new IllegalArgumentException("unknown condition " + condition);
        };
    }
}
