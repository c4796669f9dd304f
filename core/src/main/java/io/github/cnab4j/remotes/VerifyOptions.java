/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.signature.VerificationKey;
import io.github.cnab4j.transfer.CopyEvent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is verified. Immutable: start from {@link #defaults()} and derive.
 *
 * @param content whether every byte is read, and checked against the digests that lead to it
 * @param key by which a signature is demanded; null: none is
 * @param claims what the signature has to say, beside the digest
 * @param parallelism most requests and transfers at a time; null: as {@link RemotesBuilder#copyOptions} says
 * @param listener told what happens; called by one thread at a time
 */
public record VerifyOptions(
        boolean content,
        @Nullable VerificationKey key,
        Map<String, String> claims,
        @Nullable Integer parallelism,
        Consumer<? super CopyEvent> listener) {
    private static final VerifyOptions DEFAULTS = new VerifyOptions(true, null, Map.of(), null, event -> {});

    /**
     * Copies the map.
     *
     * @throws InvalidInputException if nothing is to be verified, or claims have no key
     */
    public VerifyOptions {
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        if (key == null && !claims.isEmpty()) {
            throw new InvalidInputException(ErrorCode.INVALID_OPTION, "claims without a key are claimed by nobody");
        }
        if (key == null && !content) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION, "neither the content nor a signature is to be verified");
        }
    }

    /** All content, and no signature. */
    public static VerifyOptions defaults() {
        return DEFAULTS;
    }

    /** The same with a signature by this key. */
    public VerifyOptions withKey(VerificationKey signer) {
        return new VerifyOptions(content, signer, claims, parallelism, listener);
    }

    /** The same with these claims. */
    public VerifyOptions withClaims(Map<String, String> demanded) {
        return new VerifyOptions(content, key, demanded, parallelism, listener);
    }

    /** The same with or without the content. */
    public VerifyOptions withContent(boolean read) {
        return new VerifyOptions(read, key, claims, parallelism, listener);
    }

    /** The same with another width. */
    public VerifyOptions withParallelism(int width) {
        return new VerifyOptions(content, key, claims, width, listener);
    }

    /** The same with this listener. */
    public VerifyOptions withListener(Consumer<? super CopyEvent> replacement) {
        return new VerifyOptions(content, key, claims, parallelism, replacement);
    }
}
