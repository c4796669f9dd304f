/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.signature;

import io.github.cnab4j.oci.Digest;
import java.util.List;

/**
 * Tags that are made from the digest of a manifest, and lead to what belongs to it: cosign's signatures, attestations and bills of
 * materials, and the index of referrers where a registry keeps none (OCI distribution specification 1.1, referrers tag schema).
 */
public final class SignatureTags {
    /** Longest parts that the referrers tag schema takes of an algorithm's name and of a hash. */
    private static final int ALGORITHM = 32;

    private static final int HASH = 64;

    private SignatureTags() {}

    /** cosign's signatures. */
    public static String signature(Digest digest) {
        return stem(digest) + ".sig";
    }

    /** All of cosign's tags: signatures, attestations, bill of materials. */
    public static List<String> cosign(Digest digest) {
        return List.of(signature(digest), stem(digest) + ".att", stem(digest) + ".sbom");
    }

    /** The index of referrers, by the tag schema. */
    public static String referrers(Digest digest) {
        return cut(digest.algorithm().prefix(), ALGORITHM) + "-" + cut(digest.hex(), HASH);
    }

    private static String stem(Digest digest) {
        return digest.algorithm().prefix() + "-" + digest.hex();
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }
}
