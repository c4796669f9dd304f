/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.signature.VerificationKey;
import java.util.List;

/**
 * A signature without which nothing is done: over the digest of what is read, by one of several keys. Of several requirements each has to
 * be met. So "both teams" are two requirements, and "the old key or the new one" is one with two keys.
 *
 * @param anyOf the keys, of which one is enough
 */
public record SignatureRequirement(List<VerificationKey> anyOf) {
    /**
     * Copies the list.
     *
     * @throws InvalidInputException if there is no key
     */
    public SignatureRequirement {
        anyOf = List.copyOf(anyOf);
        if (anyOf.isEmpty()) {
            throw new InvalidInputException(ErrorCode.INVALID_OPTION, "a signature is required by no key at all");
        }
    }

    /** A signature by this key. */
    public static SignatureRequirement by(VerificationKey key) {
        return new SignatureRequirement(List.of(key));
    }
}
