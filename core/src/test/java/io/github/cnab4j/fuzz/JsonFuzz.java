/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.fuzz;

import io.github.cnab4j.json.CanonicalJson;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonReader;
import io.github.cnab4j.json.JsonValue;
import java.util.Arrays;

/** JSON of any kind: what is read is written canonically, and read as the same. */
public final class JsonFuzz {
    private JsonFuzz() {}

    /** One input; what is refused is refused by an exception of the library. */
    public static void fuzzerTestOneInput(byte[] data) {
        Expect.accepted(() -> {
            JsonValue value = JsonReader.read(data, LIMITS);
            byte[] canonical = CanonicalJson.write(value);
            byte[] again = CanonicalJson.write(JsonReader.read(canonical, WIDER));
            Expect.same(Arrays.hashCode(canonical), Arrays.hashCode(again));
            JsonReader.read(GoJson.write(value), WIDER);
        });
    }

    private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 100, 100_000);
    private static final JsonLimits WIDER = new JsonLimits(1 << 24, 100, 100_000);
}
