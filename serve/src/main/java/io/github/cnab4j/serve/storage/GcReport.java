/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.storage;

import io.github.cnab4j.server.storage.RepositoryName;
import java.util.List;

/**
 * What was collected, or with a dry run would be.
 *
 * @param repositories those that had garbage, by name
 * @param failures repositories that were left as they are, each with the reason
 * @param uploads how many uploads had expired
 * @param uploadBytes the bytes that they had
 */
public record GcReport(List<Collected> repositories, List<String> failures, int uploads, long uploadBytes) {
    /**
     * Of one repository.
     *
     * @param manifests how many of the blobs were manifests that no tag led to
     * @param blobs how many files
     * @param bytes how large they were; those shared with other repositories free no room yet
     */
    public record Collected(RepositoryName repository, int manifests, int blobs, long bytes) {}

    /** All files of all repositories. */
    public int blobs() {
        return repositories.stream().mapToInt(Collected::blobs).sum();
    }

    /** All their bytes, without those of uploads. */
    public long bytes() {
        return repositories.stream().mapToLong(Collected::bytes).sum();
    }
}
