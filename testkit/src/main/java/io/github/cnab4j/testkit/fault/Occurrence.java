/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import java.util.function.IntPredicate;

/** Which of the requests that match, counted from 1. */
public final class Occurrence {
    private final IntPredicate hits;

    private Occurrence(IntPredicate hits) {
        this.hits = hits;
    }

    /** All of them. */
    public static Occurrence always() {
        return new Occurrence(n -> true);
    }

    /** Only this one. */
    public static Occurrence nth(int number) {
        return new Occurrence(n -> n == number);
    }

    /** The first so many. */
    public static Occurrence first(int count) {
        return new Occurrence(n -> n <= count);
    }

    /** All but the first so many. */
    public static Occurrence after(int count) {
        return new Occurrence(n -> n > count);
    }

    /** One of so many: the nth, the 2nth and so on. */
    public static Occurrence every(int period) {
        return new Occurrence(n -> n % period == 0);
    }

    boolean includes(int number) {
        return hits.test(number);
    }
}
