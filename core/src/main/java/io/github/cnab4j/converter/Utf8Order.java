/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order in which Go sorts the keys of maps: by their UTF-8 bytes, where Java compares UTF-16 units. */
final class Utf8Order {
    static final Comparator<String> COMPARATOR = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private Utf8Order() {}
}
