/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonBoolean;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.serve.storage.GcOptions;
import io.github.cnab4j.serve.storage.GcReport;
import io.github.cnab4j.serve.storage.LayoutRegistry;
import io.github.cnab4j.serve.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Garbage collection of a directory of layouts, or of one layout, whether it is being served or not.
 *
 * @param report what was found
 * @param dryRun whether it is still there
 */
public record GarbageCollector(GcReport report, boolean dryRun) {
    /**
     * Collects.
     *
     * @param grace what was written or asked for within this time is kept
     * @param untagged whether manifests that no tag leads to go too
     * @param dryRun whether nothing is removed, only counted
     * @throws CnabException if the directory cannot be used
     */
    public static GarbageCollector run(Path directory, Duration grace, boolean untagged, boolean dryRun) {
        StorageOptions options = StorageOptions.standard().withReadOnly(dryRun);
        try (LayoutRegistry registry = LayoutRegistry.openExisting(directory, options)) {
            return new GarbageCollector(registry.collectGarbage(new GcOptions(grace, untagged, dryRun)), dryRun);
        } catch (IOException failed) {
            throw new FileException("cannot read " + directory + ": " + failed.getMessage(), null, failed);
        }
    }

    /** The repositories that were left as they are, each with the reason. */
    public List<String> failures() {
        return report.failures();
    }

    /** In lines for people. */
    public List<String> lines() {
        String verb = dryRun ? "would remove " : "removed ";
        List<String> lines = new ArrayList<>();
        for (GcReport.Collected one : report.repositories()) {
            lines.add(one.repository() + ": " + verb + one.blobs() + " blobs, " + one.bytes() + " bytes"
                    + (one.manifests() > 0 ? "; " + one.manifests() + " of them manifests" : ""));
        }
        lines.add("In all: " + verb + report.blobs() + " blobs, " + report.bytes() + " bytes, and " + report.uploads()
                + " uploads, " + report.uploadBytes() + " bytes.");
        return lines;
    }

    /** As JSON. */
    public byte[] json() {
        List<JsonValue> repositories = report.repositories().stream()
                .<JsonValue>map(one -> JsonObject.builder()
                        .put("repository", one.repository().value())
                        .put("manifests", one.manifests())
                        .put("blobs", one.blobs())
                        .put("bytes", one.bytes())
                        .build())
                .toList();
        return GoJson.write(JsonObject.builder()
                .put("dryRun", new JsonBoolean(dryRun))
                .put("repositories", new JsonArray(repositories))
                .put(
                        "uploads",
                        JsonObject.builder()
                                .put("count", report.uploads())
                                .put("bytes", report.uploadBytes())
                                .build())
                .put("failures", JsonArray.ofStrings(report.failures()))
                .build());
    }
}
