/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Applies injected faults to the requests they are meant for, in the order of their injection. Thread-safe. */
public final class FaultInjector implements Interceptor {
    private final List<InjectedFault> faults = new CopyOnWriteArrayList<>();

    /** Adds a fault; it is in force when this returns. */
    public InjectedFault inject(RequestPattern pattern, Occurrence occurrence, Fault fault) {
        InjectedFault injected = new InjectedFault(pattern, occurrence, fault);
        faults.add(injected);
        return injected;
    }

    /** Takes a fault back. */
    public void remove(InjectedFault fault) {
        faults.remove(fault);
    }

    /** Takes all faults back. */
    public void clear() {
        faults.clear();
    }

    @Override
    public Response intercept(Request request, Handler next) throws IOException {
        List<Fault> struck = faults.stream()
                .filter(injected -> injected.strikes(request))
                .map(InjectedFault::fault)
                .toList();
        return Interceptor.chain(struck, next).handle(request);
    }
}
