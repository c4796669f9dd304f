/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.profile;

import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.Quirk;
import io.github.cnab4j.testkit.fault.RequestPattern;
import java.util.function.Supplier;

/**
 * One thing that a registry does in its own way.
 *
 * @param number as in {@code docs/reference/registry-quirks.md}
 * @param pattern the requests that it is about
 * @param occurrence which of them
 * @param fault what happens to them; each registry gets one of its own, since some remember
 */
record Habit(String number, RequestPattern pattern, Occurrence occurrence, Supplier<Fault> fault) {
    static Habit of(String number, Quirk quirk) {
        return new Habit(number, quirk.pattern(), Occurrence.always(), quirk::fault);
    }

    static Habit always(String number, RequestPattern pattern, Fault fault) {
        return new Habit(number, pattern, Occurrence.always(), () -> fault);
    }

    static Habit some(String number, RequestPattern pattern, Occurrence occurrence, Fault fault) {
        return new Habit(number, pattern, occurrence, () -> fault);
    }

    /** A habit of the tokens or of the API that the registry was started with. */
    static Habit builtIn(String number) {
        RequestPattern none = RequestPattern.any().and(request -> false);
        return new Habit(number, none, Occurrence.always(), () -> Fault.status(500));
    }
}
