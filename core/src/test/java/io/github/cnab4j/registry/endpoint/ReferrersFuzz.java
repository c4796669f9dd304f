/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.endpoint;

import io.github.cnab4j.fuzz.Expect;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.registry.http.HttpReply;
import io.github.cnab4j.registry.http.HttpUrl;
import io.github.cnab4j.registry.http.TestReplies;
import java.io.IOException;

/** Pages of lists of referrers. */
public final class ReferrersFuzz {
    private static final HttpUrl REGISTRY =
            HttpUrl.parse("https://registry.example/").orElseThrow();

    private ReferrersFuzz() {}

    /** One input; what is refused is refused as an answer that no registry gives. */
    public static void fuzzerTestOneInput(byte[] data) {
        RepositoryRoute route = new RepositoryRoute(REGISTRY.origin(), "app", "registry.example/app");
        ReferrersPage page = ReferrersPage.first(route, Digest.sha256(new byte[0]));
        HttpReply reply = TestReplies.ok(REGISTRY, "Content-Type", MediaType.OCI_INDEX.value(), data);
        try {
            ReferrersPage.Referrers referrers = page.answer(reply).orElseThrow();
            Expect.that(referrers.next().isEmpty());
            Expect.that(referrers.referrers().size() <= data.length);
        } catch (IOException refused) {
            Expect.that(refused.getMessage() != null && refused.getMessage().indexOf('\n') < 0);
        }
    }
}
