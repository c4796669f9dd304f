/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.transfer.CopyEvent.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Registries that refuse a manifest because something below it is missing. */
final class DeniedChild {
    /** OCI distribution specification, "Error Codes". */
    private static final Set<String> CODES = Set.of("MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN", "MANIFEST_UNKNOWN");

    private DeniedChild() {}

    /**
     * Has a refused manifest wait for what the target was thought to have, since it denies having some child; it does not always
     * say which. What is open, or was sent again for another manifest, counts too: it was not there when this one was put.
     *
     * @return the children that must be sent again; empty if there is no reason to try, or it was tried before
     */
    static Optional<List<Node>> doubtful(Node manifest) {
        if (manifest.healed()) {
            return Optional.empty();
        }
        manifest.setHealed();
        List<Node> reopened = new ArrayList<>();
        boolean hopeful = false;
        for (Node child : manifest.children()) {
            boolean taken = child.result() == Result.PRESENT || child.result() == Result.MOUNTED;
            if (taken) {
                child.reopen();
                reopened.add(child);
            }
            if (child.open()) {
                child.addWaiting(manifest);
            }
            hopeful |= taken || child.open() || child.forced();
        }
        return hopeful ? Optional.of(reopened) : Optional.empty();
    }

    static boolean isReasonOf(RejectedException rejection) {
        return rejection.registryCodes().stream().anyMatch(CODES::contains);
    }
}
