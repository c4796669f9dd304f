/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.registry.http.Access;
import io.github.cnab4j.registry.http.HttpCall;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpTransport;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.Origin;
import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The registry's {@code /v2/}, which challenges whoever it does not know (OCI distribution specification, "Determining Support").
 * Asked once, where a registry says of a repository that it is not there or forbidden: some say so of all that a stranger may not
 * see. Safe for use by several threads.
 */
final class FrontDoor {
    private final HttpTransport next;
    private final Origin registry;
    private final ReentrantLock alone = new ReentrantLock();
    private volatile boolean asked;

    FrontDoor(HttpTransport next, Origin registry) {
        this.next = next;
        this.registry = registry;
    }

    /** Takes in how the registry wants to be authorised. */
    @FunctionalInterface
    interface Lesson {
        void learn(List<Challenge> challenges, HttpReply reply, List<Access> access) throws IOException;
    }

    boolean wasAsked() {
        return asked;
    }

    /** Asks, unless that was done. */
    void ask(CallScope scope, Lesson lesson) throws IOException {
        alone.lock();
        try {
            if (asked) {
                return;
            }
            try (HttpReply reply = next.execute(scope, HttpCall.of("GET", HttpUrl.of(registry, "/v2/")))) {
                if (reply.status() == 401) {
                    List<Challenge> challenges =
                            ChallengeParser.parse(reply.headers().all("WWW-Authenticate"));
                    lesson.learn(challenges, reply, List.of(Access.registry()));
                }
            }
            asked = true;
        } finally {
            alone.unlock();
        }
    }
}
