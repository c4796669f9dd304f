/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.converter.BundleForm;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.transfer.CopyReport;
import java.util.List;

/**
 * A bundle that was pushed.
 *
 * @param descriptor the bundle's index in the target
 * @param form the form of the bundle's manifests that the target took
 * @param bundle the bundle as it was pushed
 * @param relocationMap where each image of the bundle is, by its name in the bundle
 * @param report what was copied
 * @param warnings what a person should know, a fallback that was taken above all
 */
public record PushResult(
        Descriptor descriptor,
        BundleForm form,
        Bundle bundle,
        RelocationMap relocationMap,
        CopyReport report,
        List<Warning> warnings) {
    /** Copies the list. */
    public PushResult {
        warnings = List.copyOf(warnings);
    }
}
