/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.store.CallScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Two repositories, a graph in the first, and copies to the second. */
abstract class CopyFixture {
    final RecordingStore source = new RecordingStore("from.example", "app");
    final RecordingStore target = new RecordingStore("to.example", "app");
    final Graphs graphs = new Graphs(source.content());
    final List<CopyEvent> events = new ArrayList<>();

    CopySession open(CopyOptions options, CallScope scope) {
        return GraphCopier.with(options).open(scope, events::add);
    }

    CopySession open() {
        return open(CopyOptions.defaults(), CallScope.unbounded());
    }

    CopyReport copy(CopyOptions options, CopyRoot... roots) {
        try (CopySession session = open(options, CallScope.unbounded())) {
            for (CopyRoot root : roots) {
                session.add(root);
            }
            return session.await();
        }
    }

    CopyReport copy(CopyRoot... roots) {
        return copy(CopyOptions.defaults(), roots);
    }

    CopyRoot root(String label, Descriptor descriptor) {
        return CopyRoot.of(label, source, target, descriptor);
    }

    CopyRoot root(Descriptor descriptor) {
        return root(descriptor.digest().toString(), descriptor);
    }

    static void awaitLatch(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
