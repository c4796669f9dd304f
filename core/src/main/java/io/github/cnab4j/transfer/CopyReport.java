/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import java.time.Duration;

/**
 * What a copy came to. Nodes count once per target, however many roots share them.
 *
 * @param uploaded nodes whose bytes were sent
 * @param mounted blobs that a registry took over from another of its repositories
 * @param present nodes that the target had; what lies below a manifest that it had is not counted
 * @param foreign blobs that are kept outside registries
 * @param bytes bytes that targets were sent
 * @param elapsed time from opening the session to its end
 */
public record CopyReport(int uploaded, int mounted, int present, int foreign, long bytes, Duration elapsed) {
    /** What this and another copy came to, one after the other. */
    public CopyReport plus(CopyReport other) {
        return new CopyReport(
                uploaded + other.uploaded,
                mounted + other.mounted,
                present + other.present,
                foreign + other.foreign,
                bytes + other.bytes,
                elapsed.plus(other.elapsed));
    }
}
