/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The trials of the credentials of one registry. Safe for use by several threads. */
final class Trials {
    private final Map<Credential, CredentialTrial> trials = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    Trials(LongSupplier nanos) {
        this.nanos = nanos;
    }

    CredentialTrial of(Credential credential) {
        return trials.computeIfAbsent(credential, absent -> new CredentialTrial(nanos));
    }
}
