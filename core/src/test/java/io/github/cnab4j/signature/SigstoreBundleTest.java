/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.oci.Digest;
import java.security.KeyPairGenerator;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigstoreBundleTest {
    private static final Digest DIGEST = Digest.sha256("x".getBytes(UTF_8));

    /** Each is a hash over the statement, which may be megabytes: hours, in a bundle that has all the signatures it has room for. */
    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "17, false", "1000, false"})
    void bundleOfCountlessSignatures_isNone(int signatures, boolean holds) throws Exception {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(256);
        SigningKey key = SigningKey.of(pairs.generateKeyPair().getPrivate().getEncoded());
        String bundle = new String(SigstoreBundle.sign(DIGEST, Map.of(), key), UTF_8);
        int begin = bundle.indexOf("{\"sig\":");
        String signature = bundle.substring(begin, bundle.indexOf('}', begin) + 1);

        String many = bundle.replace(signature, String.join(",", Collections.nCopies(signatures, signature)));

        assertThat(SigstoreBundle.holds(many.getBytes(UTF_8), DIGEST, Map.of(), key.verificationKey()))
                .isEqualTo(holds);
    }
}
