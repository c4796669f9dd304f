/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonString;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Capabilities;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.MemoryStore;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.vectors.FixupModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository that refuses what a case of {@code index.json} says. Pushes that are refused by their number are the Go tool's
 * pushes, so the case's list of these tells what is refused: content, as often as it occurs among the refused.
 */
final class RefusingStore implements WritableStore {
    private static final Pattern STATUS = Pattern.compile("request: ([0-9]{3}) ");

    private final MemoryStore memory = new MemoryStore("target");
    private final Set<String> refusedMediaTypes;
    private final String refusal;
    private final List<JsonObject> refusedManifests;
    private final List<String> refusedPushes = new ArrayList<>();

    RefusingStore(JsonObject vectorCase) {
        refusedMediaTypes =
                Set.copyOf(vectorCase.array("refusedMediaTypes").orElse(JsonArray.empty()).elements().stream()
                        .map(type -> ((JsonString) type).value())
                        .toList());
        refusal = vectorCase.string("refusal").orElse("");
        refusedManifests = FixupModel.objects(vectorCase, "refusedManifests");
        if (refusedManifests.isEmpty()) {
            FixupModel.objects(vectorCase, "pushes").stream()
                    .filter(push -> refused(push.string("result").orElseThrow()))
                    .forEach(push -> refusedPushes.add(FixupModel.shown(push)));
        }
    }

    private static boolean refused(String result) {
        return !result.equals("ok") && !result.contains("already exists");
    }

    @Override
    public synchronized PushOutcome push(
            CallScope scope, Descriptor descriptor, ContentSource content, PushHints hints) {
        byte[] bytes = read(scope, content);
        reason(descriptor, bytes, hints).ifPresent(text -> {
            Matcher status = STATUS.matcher(text);
            throw new RejectedException(
                    status.find() ? Integer.parseInt(status.group(1)) : text.startsWith("denied") ? 409 : 400,
                    text.contains("manifest invalid") ? List.of("MANIFEST_INVALID") : List.of(),
                    "PUT " + descriptor.digest(),
                    text,
                    null);
        });
        return memory.push(scope, descriptor, ContentSource.ofBytes(bytes), hints);
    }

    private Optional<String> reason(Descriptor descriptor, byte[] bytes, PushHints hints) {
        if (refusedPushes.remove(FixupModel.shown(descriptor.identity().toJson()))) {
            return Optional.of("unexpected status from PUT request: 400 Bad Request");
        }
        if (refusedMediaTypes.contains(descriptor.mediaType().value())) {
            return Optional.of(refusal);
        }
        if (!descriptor.mediaType().isManifest()) {
            return Optional.empty();
        }
        JsonObject manifest = JsonReader.readObject(bytes, JsonLimits.MANIFEST);
        return refusedManifests.stream()
                .filter(rule -> applies(rule, descriptor, manifest, hints))
                .findFirst()
                .flatMap(rule -> rule.string("error"));
    }

    private static boolean applies(JsonObject rule, Descriptor descriptor, JsonObject manifest, PushHints hints) {
        return rule.string("mediaType")
                        .map(descriptor.mediaType().value()::equals)
                        .orElse(true)
                && rule.string("configMediaType")
                        .map(type -> manifest.object("config")
                                .flatMap(config -> config.string("mediaType"))
                                .filter(type::equals)
                                .isPresent())
                        .orElse(true)
                && rule.string("childMediaType")
                        .map(type -> FixupModel.objects(manifest, "manifests").stream()
                                .anyMatch(child ->
                                        child.string("mediaType").orElse("").equals(type)))
                        .orElse(true)
                && (!rule.has("byTag") || !hints.tags().isEmpty());
    }

    private static byte[] read(CallScope scope, ContentSource content) {
        try (InputStream in = content.open(scope)) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public StoreId id() {
        return memory.id();
    }

    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        return memory.resolve(scope, tagOrDigest);
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        return memory.exists(scope, descriptor);
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        return memory.fetch(scope, descriptor, offset);
    }

    @Override
    public List<String> tags(CallScope scope) {
        return memory.tags(scope);
    }

    @Override
    public Capabilities capabilities() {
        return memory.capabilities();
    }

    @Override
    public void tag(CallScope scope, Descriptor manifest, String tag) {
        memory.tag(scope, manifest, tag);
    }

    @Override
    public void close() {}
}
