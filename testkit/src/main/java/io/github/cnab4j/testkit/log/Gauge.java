/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.log;

/** How many are inside, and how many there have been at most. */
final class Gauge {
    private int current;
    private int max;

    synchronized void enter() {
        current++;
        max = Math.max(max, current);
    }

    synchronized void leave() {
        current--;
    }

    synchronized int current() {
        return current;
    }

    synchronized int max() {
        return max;
    }

    synchronized void forgetMax() {
        max = current;
    }
}
