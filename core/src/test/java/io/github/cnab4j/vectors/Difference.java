/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import io.github.cnab4j.json.JsonObject;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A deliberate difference from the Go tool. It is decided by a case's <em>input</em> alone, so that it judges cases that nobody
 * has seen yet.
 *
 * @param what the difference in words, for the name of its test
 * @param holds looks at the input of a case
 * @param ours what the library gives, from the case and the result expected so far; computed without the code under test
 */
public record Difference(String what, Predicate<JsonObject> holds, BiFunction<JsonObject, Result, Result> ours) {

    /** A difference by which the library refuses what the Go tool takes. */
    public static Difference refused(String what, Predicate<JsonObject> holds) {
        return new Difference(what, holds, (c, soFar) -> Result.failed());
    }

    /** The result that is expected of the library where {@code soFar} is expected without this difference. */
    public Result apply(JsonObject vectorCase, Result soFar) {
        return holds.test(vectorCase) ? ours.apply(vectorCase, soFar) : soFar;
    }
}
