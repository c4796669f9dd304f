/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonValue;
import java.math.BigInteger;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How the library reads and writes a bundle in another way than the Go tool, wherever a bundle is in a case. */
final class BundleDifferences {
    private static final BigInteger BEYOND_SIZES = BigInteger.ONE.shiftLeft(53);

    private BundleDifferences() {}

    /**
     * What the Go tool drops, and the library keeps.
     *
     * @param bundle the bundle's text in a case
     * @param model what is expected of the library in such a case
     */
    static List<Difference> kept(Function<JsonObject, byte[]> bundle, Function<JsonObject, Result> model) {
        BiFunction<JsonObject, Result, Result> ours = (c, soFar) -> model.apply(c);
        return List.of(
                new Difference(
                        "members that the Go tool does not know are kept",
                        document(
                                bundle,
                                json -> CanonicalModel.hasUnknownMembers(json)
                                        && !CanonicalModel.hasMembersInAnotherCase(json)),
                        ours),
                new Difference(
                        "names of members are case-sensitive: another case is an unknown member, which is kept",
                        document(bundle, CanonicalModel::hasMembersInAnotherCase),
                        ours),
                new Difference(
                        "definitions are kept as they are written",
                        document(bundle, json -> !PlainSchema.definitionsOf(json)),
                        ours));
    }

    /** What the Go tool takes, or repairs, and the library refuses. */
    static List<Difference> refused(Function<JsonObject, byte[]> bundle) {
        return List.of(
                Difference.refused(
                        "a size above 2^53-1 is refused, not rounded",
                        document(bundle, BundleDifferences::hasHugeSize)),
                Difference.refused("text that is not UTF-8 is refused", has(bundle, JsonOddities.NOT_UTF8)),
                Difference.refused("half a surrogate pair is refused", has(bundle, JsonOddities.LONE_SURROGATE)),
                Difference.refused("duplicate members are refused", has(bundle, JsonOddities.DUPLICATE_MEMBER)),
                Difference.refused(
                        "a number beyond a double is refused everywhere",
                        has(bundle, JsonOddities.NUMBER_BEYOND_DOUBLE)),
                Difference.refused("null is no bundle", has(bundle, JsonOddities.NOT_AN_OBJECT)));
    }

    /** {@link #kept} and {@link #refused} as one difference each, for vectors that have a bundle only by the way. */
    static List<Difference> ofBundle(Function<JsonObject, byte[]> bundle, Function<JsonObject, Result> model) {
        return List.of(
                new Difference(
                        "what the bundle holds is kept",
                        c -> kept(bundle, model).stream()
                                .anyMatch(difference -> difference.holds().test(c)),
                        (c, soFar) -> model.apply(c)),
                Difference.refused(
                        "a doubtful bundle is refused",
                        c -> refused(bundle).stream()
                                .anyMatch(difference -> difference.holds().test(c))));
    }

    /** Differences in the order in which they apply. */
    static List<Difference> all(List<List<Difference>> topics) {
        return topics.stream().flatMap(List::stream).toList();
    }

    private static Predicate<JsonObject> has(Function<JsonObject, byte[]> bundle, JsonOddities oddity) {
        return c -> JsonOddities.of(bundle.apply(c)).contains(oddity);
    }

    private static Predicate<JsonObject> document(Function<JsonObject, byte[]> bundle, Predicate<JsonObject> property) {
        return c -> CanonicalModel.document(bundle.apply(c)).filter(property).isPresent();
    }

    private static boolean hasHugeSize(JsonObject bundle) {
        return Stream.concat(
                        bundle.array("invocationImages").stream().flatMap(list -> list.elements().stream()),
                        bundle.object("images").stream().flatMap(map -> map.members().values().stream()))
                .anyMatch(image -> image instanceof JsonObject object && isHuge(object.get("size")));
    }

    private static boolean isHuge(JsonValue size) {
        return size instanceof JsonNumber number
                && number.text().matches("[0-9]+")
                && new BigInteger(number.text()).compareTo(BEYOND_SIZES) >= 0;
    }
}
