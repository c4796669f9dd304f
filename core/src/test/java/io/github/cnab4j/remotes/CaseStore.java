/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.Capabilities;
import io.github.cnab4j.store.ContentSource;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.WritableStore;
import io.github.cnab4j.vectors.Differences;
import io.github.cnab4j.vectors.FixupModel;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the registry of a case of {@code parse-index.json} answers, whether it is true or not. */
final class CaseStore implements WritableStore {
    private final JsonObject vectorCase;
    private final Map<String, byte[]> content = new HashMap<>();

    CaseStore(JsonObject vectorCase) {
        this.vectorCase = vectorCase;
        FixupModel.objects(vectorCase, "content")
                .forEach(entry ->
                        content.put(entry.string("digest").orElseThrow(), Differences.Text.bytes(entry, "text")));
    }

    @Override
    public StoreId id() {
        return new StoreId("registry", "registry.test", vectorCase.string("ref").orElseThrow());
    }

    @Override
    public Descriptor resolve(CallScope scope, String tagOrDigest) {
        vectorCase.string("resolveError").ifPresent(error -> {
            throw new RejectedException(400, List.of(), "HEAD " + tagOrDigest, id() + ": " + error, null);
        });
        return vectorCase.object("resolved").map(Descriptor::fromJson).orElseThrow(() -> absent(tagOrDigest));
    }

    @Override
    public InputStream fetch(CallScope scope, Descriptor descriptor, long offset) {
        byte[] bytes = content.get(descriptor.digest().toString());
        if (bytes == null) {
            throw absent(descriptor.digest().toString());
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public boolean exists(CallScope scope, Descriptor descriptor) {
        return content.containsKey(descriptor.digest().toString());
    }

    @Override
    public List<String> tags(CallScope scope) {
        return List.of();
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.LOCAL;
    }

    @Override
    public PushOutcome push(CallScope scope, Descriptor descriptor, ContentSource source, PushHints hints) {
        throw new UnsupportedOperationException("a pull does not push");
    }

    @Override
    public void tag(CallScope scope, Descriptor manifest, String tag) {
        throw new UnsupportedOperationException("a pull does not tag");
    }

    @Override
    public void close() {}

    private NotFoundException absent(String what) {
        return new NotFoundException("GET " + what, what + " is not in " + id(), null);
    }
}
