/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.WaitClock;
import java.util.function.Consumer;

/** Opens copy sessions. Immutable. */
public final class GraphCopier {
    private final CopyOptions options;

    private GraphCopier(CopyOptions options) {
        this.options = options;
    }

    /** A copier with these options. */
    public static GraphCopier with(CopyOptions options) {
        return new GraphCopier(options);
    }

    /**
     * Opens a session; work begins with the first step or root that is added.
     *
     * @param scope stops the session
     * @param listener told what happens, in order, on the thread that is in {@link CopySession#await}; one that throws is told
     *     nothing more, and the copy goes on
     */
    public CopySession open(CallScope scope, Consumer<? super CopyEvent> listener) {
        return new Session(options, scope, WaitClock.system(), listener);
    }
}
