/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.transfer.CopyReport;
import java.nio.file.Path;
import java.util.List;

/**
 * A thick bundle that was written. Every byte in it was verified.
 *
 * @param file the archive
 * @param size its size in bytes
 * @param bundle the bundle in it
 * @param relocationMap the names under which the archive holds the images, by their names in the bundle
 * @param digest the digest of the bundle's index where it came from
 * @param report what went into the archive, and how long all of it took
 * @param warnings what a person should know
 */
public record ArchiveResult(
        Path file,
        long size,
        Bundle bundle,
        RelocationMap relocationMap,
        Digest digest,
        CopyReport report,
        List<Warning> warnings) {
    /** Copies the list. */
    public ArchiveResult {
        warnings = List.copyOf(warnings);
    }
}
