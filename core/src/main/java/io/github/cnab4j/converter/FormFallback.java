/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.error.RejectedException;
import java.util.List;
import java.util.Set;

/**
 * Whether a registry's refusal is one of a bundle's form, so that another form may get in. Only a refusal of the form may decide
 * which form is taken: the digest of a bundle must not depend on the network, on credentials or on tags.
 */
public final class FormFallback {
    private static final Set<String> FORM_CODES = Set.of("MANIFEST_INVALID", "UNSUPPORTED");

    // What a registry answers to a form that it does not know, when it has no words for it.
    private static final Set<Integer> FORM_STATUSES = Set.of(400, 404, 405, 415, 422, 500, 501);

    // Credentials, rate and whatever stands in front of a registry: nothing about the form, whatever the body says.
    private static final Set<Integer> OTHER_STATUSES = Set.of(401, 403, 429, 502, 503, 504);

    // The codes of the distribution specification, and those of the registry that it was derived from.
    private static final Set<String> OTHER_CODES = Set.of(
            "BLOB_UNKNOWN",
            "BLOB_UPLOAD_INVALID",
            "BLOB_UPLOAD_UNKNOWN",
            "DENIED",
            "DIGEST_INVALID",
            "MANIFEST_BLOB_UNKNOWN",
            "MANIFEST_UNKNOWN",
            "MANIFEST_UNVERIFIED",
            "NAME_INVALID",
            "NAME_UNKNOWN",
            "PAGINATION_NUMBER_INVALID",
            "RANGE_INVALID",
            "SIZE_INVALID",
            "TAG_INVALID",
            "TOOMANYREQUESTS",
            "UNAUTHORIZED",
            "UNAVAILABLE");

    private FormFallback() {}

    /**
     * Whether the registry refuses the form: it says {@code MANIFEST_INVALID} or {@code UNSUPPORTED}, or it gives no code that
     * is known with status 400, 404, 405, 415, 422, 500 or 501. A code that means something else decides against it, also
     * beside others, and so do the statuses 401, 403, 429, 502, 503 and 504.
     *
     * @param refusal a refusal that stood after all retries, so that a 500 is one that came again
     */
    public static boolean refusesForm(RejectedException refusal) {
        List<String> codes = refusal.registryCodes();
        if (OTHER_STATUSES.contains(refusal.status()) || codes.stream().anyMatch(OTHER_CODES::contains)) {
            return false;
        }
        return codes.stream().anyMatch(FORM_CODES::contains) || FORM_STATUSES.contains(refusal.status());
    }
}
