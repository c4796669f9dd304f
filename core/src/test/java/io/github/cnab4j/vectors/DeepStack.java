/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Room for libraries that follow nesting by recursion, which the library under test does not. */
final class DeepStack {
    private static final long BYTES = 512L << 20;

    private DeepStack() {}

    static <T> T call(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        new Thread(null, () -> result.completeAsync(task, Runnable::run), "deep stack", BYTES).start();
        return result.join();
    }
}
