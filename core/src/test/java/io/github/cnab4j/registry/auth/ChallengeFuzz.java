/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import io.github.cnab4j.fuzz.Expect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Authentication challenges. */
public final class ChallengeFuzz {
    private ChallengeFuzz() {}

    /** One input; what is refused is refused by an exception of the library. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        List<Challenge> challenges = ChallengeParser.parse(List.of(text));
        Expect.that(challenges.size() <= text.length());
        challenges.forEach(challenge -> {
            challenge.isBasic();
            challenge.isBearer();
            challenge.wantsMoreScope();
            challenge.scopes();
            challenge.parameter("realm");
        });
    }
}
