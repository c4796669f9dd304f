/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.error.UnsignedException;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.signature.VerificationKey;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.ReadableStore;
import java.util.List;
import java.util.Map;

/**
 * Demands signatures over one digest. Whoever acts on what it says has to act on that digest, and not ask again what the name means.
 *
 * @param store where the signatures are
 * @param label what people call the content
 */
record SignatureCheck(CallScope scope, ReadableStore store, Digest subject, String label, int manifestLimit) {
    /**
     * Fails unless each requirement is met.
     *
     * @throws UnsignedException if one is not
     */
    void require(List<SignatureRequirement> requirements) {
        for (SignatureRequirement requirement : requirements) {
            requireAny(requirement.anyOf(), Map.of());
        }
    }

    /**
     * Fails unless one of the keys has signed.
     *
     * @param claims what the signature has to say, beside the digest
     * @throws UnsignedException if none has
     */
    void requireAny(List<VerificationKey> keys, Map<String, String> claims) {
        SignatureStore signatures = new SignatureStore(scope, store, subject, manifestLimit);
        int seen = 0;
        for (VerificationKey key : keys) {
            SignatureStore.Findings found = signatures.check(key, claims);
            if (found.holds()) {
                return;
            }
            seen = found.seen();
        }
        String what = seen == 0
                ? "it has no signature"
                : "none of its " + seen + " signatures is by " + (keys.size() == 1 ? "this key" : "one of these keys")
                        + ", over this digest" + (claims.isEmpty() ? "" : ", with what is claimed");
        throw new UnsignedException(
                label + " (" + subject + ") is not signed as demanded: " + what,
                "Check that the key is the signer's, and that the signatures were copied along with the content.");
    }
}
