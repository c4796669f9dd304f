/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.transfer;

import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.WaitClock;

/** Sessions whose waits are measured by a clock of the test. */
public final class ClockedSessions {
    private ClockedSessions() {}

    public static CopySession open(CopyOptions options, WaitClock clock) {
        return new Session(options, CallScope.unbounded(), clock, event -> {});
    }
}
