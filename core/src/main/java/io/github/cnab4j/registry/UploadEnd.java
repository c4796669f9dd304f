/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import io.github.cnab4j.error.StoreException;
import io.github.cnab4j.registry.endpoint.EndpointCaller;
import io.github.cnab4j.registry.endpoint.RepositoryRoute;
import io.github.cnab4j.registry.endpoint.UploadCancel;
import io.github.cnab4j.registry.endpoint.UploadSession;
import io.github.cnab4j.store.CallScope;

/** Gives up an upload, as a courtesy: registries time it out anyway. Also when the work was stopped; what fails is not told. */
record UploadEnd(EndpointCaller caller, RepositoryRoute route, UploadSession session) implements Runnable {
    @Override
    public void run() {
        try {
            caller.call(CallScope.bestEffort(), new UploadCancel(route, session));
        } catch (StoreException ignored) {
            // What failed before is what matters.
        }
    }
}
