/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.report;

import io.github.cnab4j.benchmarks.contestant.Contestant;
import io.github.cnab4j.benchmarks.result.Scenario;
import io.github.cnab4j.benchmarks.workload.WorkloadContent;
import java.util.OptionalLong;

/**
 * The fewest requests that a client could do with between two docker-registries, which knows nothing but the bundle and puts each
 * digest once. The formulas are in benchmarks/README.md.
 */
final class LeastRequests {
    private static final long BLOB_BETWEEN_REGISTRIES = 3;
    private static final long MANIFEST_BETWEEN_REGISTRIES = 2;
    private static final long BLOB_PUT = 2;
    private static final long MANIFEST_PUT = 1;

    private LeastRequests() {}

    /** The number for a contestant's work, if there is one. */
    static OptionalLong of(Scenario scenario, String contestant, WorkloadContent content) {
        long images = content.images().size();
        long manifests = MANIFEST_BETWEEN_REGISTRIES * content.manifests().size();
        long moved = BLOB_BETWEEN_REGISTRIES * content.blobs().size() + manifests;
        long mounted = content.blobs().size() + manifests;
        // The bundle's own parts: its config blob, the manifest of that, the index.
        long made = BLOB_PUT + 2 * MANIFEST_PUT;
        long copied = BLOB_BETWEEN_REGISTRIES + 2 * MANIFEST_BETWEEN_REGISTRIES;
        long mountedBundle = 1 + 2 * MANIFEST_BETWEEN_REGISTRIES;
        return switch (scenario) {
            case COLD, FAULTS, MEMORY ->
                switch (contestant) {
                    case Contestant.FLOOR -> OptionalLong.of(moved);
                    case Contestant.PUSH -> OptionalLong.of(moved + made);
                    default -> OptionalLong.of(moved + copied);
                };
            case MOUNT -> OptionalLong.of(mounted + (contestant.equals(Contestant.PUSH) ? made : mountedBundle));
            // Resolve what is to be there, ask for the index by its digest.
            case AGAIN -> OptionalLong.of((contestant.equals(Contestant.PUSH) ? images : 1) + 1);
            case ARCHIVE, VERIFY, STARTUP -> OptionalLong.empty();
        };
    }
}
