/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import java.util.Map;
import java.util.TreeMap;

/**
 * What comes out of a case, the library's and the Go tool's in the same terms so that the two can be compared.
 *
 * @param ok whether it succeeded; texts of errors differ and are not compared
 * @param values what it gave, by name; empty if it failed
 */
public record Result(boolean ok, Map<String, Object> values) {
    private static final Result FAILED = new Result(false, Map.of());

    public Result {
        values = new TreeMap<>(values);
    }

    public static Result failed() {
        return FAILED;
    }

    public static Result of(String name, Object value) {
        return new Result(true, Map.of(name, value));
    }

    public static Result of(Map<String, ?> values) {
        return new Result(true, new TreeMap<>(values));
    }

    /** This result with one value set. */
    public Result with(String name, Object value) {
        Map<String, Object> more = new TreeMap<>(values);
        more.put(name, value);
        return new Result(ok, more);
    }
}
