/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonValue;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.ArtifactCopyResult;
import io.github.cnab4j.remotes.CopiedDependency;
import io.github.cnab4j.transfer.CopyReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** What a copy came to: lines for people, or a JSON document for programs. */
final class CopyRendering {
    private final Terminal terminal;

    CopyRendering(Terminal terminal) {
        this.terminal = terminal;
    }

    /** On standard output a reference for each tag, on standard error the rest. */
    void text(ArtifactCopyResult result) {
        summary(result);
        terminal.result(references(result).stream()
                .map(Location::toString)
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8));
    }

    /** A document on standard output, the summary on standard error. */
    void json(ArtifactCopyResult result) {
        summary(result);
        Descriptor descriptor = result.descriptor();
        JsonObject.Builder json = JsonObject.builder()
                .put("reference", result.location().toString())
                .put("mediaType", descriptor.mediaType().value())
                .put("digest", descriptor.digest().toString())
                .put("size", descriptor.size())
                .put("tags", JsonArray.ofStrings(result.tags()))
                .put("copied", counts(result.report()));
        RelocationMap map = result.relocationMap();
        if (map != null) {
            json.put("relocationMap", JsonObject.ofStrings(map.entries()));
        }
        json.put(
                "dependencies",
                new JsonArray(result.dependencies().stream()
                        .<JsonValue>map(CopyRendering::dependency)
                        .toList()));
        terminal.result(GoJson.write(json.build()));
    }

    private void summary(ArtifactCopyResult result) {
        for (CopiedDependency dependency : result.dependencies()) {
            terminal.progress("dependency " + String.join(", ", dependency.bundles()) + ": " + dependency.source()
                    + " is " + dependency.location());
        }
        terminal.progress(CopySummary.of(result.report()));
    }

    private static List<Location> references(ArtifactCopyResult result) {
        return result.tags().size() < 2
                ? List.of(result.location())
                : result.tags().stream()
                        .<Location>map(tag -> result.location()
                                .withTag(tag)
                                .pinnedTo(result.descriptor().digest()))
                        .toList();
    }

    private static JsonObject counts(CopyReport report) {
        return JsonObject.builder()
                .put("uploaded", report.uploaded())
                .put("mounted", report.mounted())
                .put("present", report.present())
                .put("foreign", report.foreign())
                .put("bytes", report.bytes())
                .put("milliseconds", report.elapsed().toMillis())
                .build();
    }

    private static JsonObject dependency(CopiedDependency dependency) {
        return JsonObject.builder()
                .put("bundles", JsonArray.ofStrings(dependency.bundles()))
                .put("source", dependency.source().toString())
                .put("reference", dependency.location().toString())
                .put("mediaType", dependency.descriptor().mediaType().value())
                .put("digest", dependency.descriptor().digest().toString())
                .put("size", dependency.descriptor().size())
                .build();
    }
}
