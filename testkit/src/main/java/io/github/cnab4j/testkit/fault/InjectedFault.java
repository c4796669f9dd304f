/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.Request;
import java.util.concurrent.atomic.AtomicInteger;

/** A fault in force, which counts what it meets. Thread-safe. */
public final class InjectedFault {
    private final RequestPattern pattern;
    private final Occurrence occurrence;
    private final Fault fault;
    private final AtomicInteger matches = new AtomicInteger();
    private final AtomicInteger strikes = new AtomicInteger();

    InjectedFault(RequestPattern pattern, Occurrence occurrence, Fault fault) {
        this.pattern = pattern;
        this.occurrence = occurrence;
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }

    boolean strikes(Request request) {
        boolean struck = pattern.matches(request) && occurrence.includes(matches.incrementAndGet());
        if (struck) {
            strikes.incrementAndGet();
        }
        return struck;
    }

    /** How many requests it has struck. A test of a fault should assert that it happened. */
    public int strikes() {
        return strikes.get();
    }
}
