/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The warnings of one operation: told at once, and kept for its result. Safe for use by several threads. */
final class Warnings {
    private final Consumer<? super Warning> listener;
    private final Set<Warning> told = new LinkedHashSet<>();

    Warnings(Consumer<? super Warning> listener) {
        this.listener = listener;
    }

    synchronized void add(Warning.Kind kind, String message) {
        Warning warning = new Warning(kind, message);
        if (told.add(warning)) {
            listener.accept(warning);
        }
    }

    /** What is odd about the bundle itself. */
    void addAll(Bundle bundle) {
        bundle.warnings().forEach(odd -> add(Warning.Kind.BUNDLE_UNUSUAL, odd.message()));
    }

    synchronized List<Warning> toList() {
        return List.copyOf(told);
    }
}
