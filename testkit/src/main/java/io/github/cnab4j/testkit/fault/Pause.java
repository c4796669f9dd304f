/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import java.io.InterruptedIOException;
import java.time.Duration;

/** Time that passes while a request is handled. */
final class Pause {
    private Pause() {}

    static void of(Duration time) throws InterruptedIOException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped in the middle of a delay");
        }
    }
}
