/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.RejectedException;
import java.util.Set;

/** How registries say that something below a manifest is missing (OCI distribution specification, "Error Codes"). */
final class DeniedChild {
    private static final Set<String> CODES = Set.of("MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN", "MANIFEST_UNKNOWN");

    private DeniedChild() {}

    static boolean isReasonOf(RejectedException rejection) {
        return rejection.registryCodes().stream().anyMatch(CODES::contains);
    }
}
