/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order in which Go sorts the keys of maps: by their UTF-8 bytes, where Java compares UTF-16 units. */
final class Utf8Order {
    static final Comparator<String> COMPARATOR =
            Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private Utf8Order() {}
}
