/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.WritableStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The questions of one inquiry, for workers to ask at the same time, and their answers. Safe for use by several threads. */
final class TargetInquiry {
    private final NodeWork work;
    private final WritableStore store;
    private volatile boolean unknownRepository;
    private volatile @Nullable Boolean likely;
    private volatile @Nullable TaggedManifest tagged;

    TargetInquiry(NodeWork work, WritableStore store) {
        this.work = work;
        this.store = store;
    }

    /**
     * The questions; one at least.
     *
     * @param trusting whether a manifest that the target has tells what else it has
     */
    List<Runnable> questions(Inquiry inquiry, boolean trusting) {
        List<Runnable> questions = new ArrayList<>();
        questions.add(() -> unknownRepository = work.repositoryUnknown(store));
        Descriptor manifest = inquiry.likely();
        if (manifest != null) {
            questions.add(() -> likely = work.existsIfKnown(store, manifest));
        }
        String tag = inquiry.tag();
        if (tag != null && trusting) {
            questions.add(() -> tagged = work.tagged(store, tag));
        }
        return questions;
    }

    /** The answers, after all questions. */
    TargetAnswer answer() {
        return new TargetAnswer(unknownRepository, likely, tagged);
    }
}
