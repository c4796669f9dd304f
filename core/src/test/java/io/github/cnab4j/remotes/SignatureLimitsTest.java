/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.signature.SignatureImage;
import io.github.cnab4j.signature.SignatureReferrer;
import io.github.cnab4j.signature.SignatureTags;
import io.github.cnab4j.signature.SigningKey;
import io.github.cnab4j.signature.SigstoreBundle;
import io.github.cnab4j.signature.SimpleSigning;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.MemoryStore;
import io.github.cnab4j.store.PushHints;
import java.io.ByteArrayInputStream;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of what others put beside a manifest is looked at: a good signature is the last of many that are none. */
class SignatureLimitsTest {
    private static final int MIB = 1 << 20;
    private static final Digest SUBJECT = Digest.sha256("signed".getBytes(UTF_8));

    private final MemoryStore store = new MemoryStore("signed");
    private SigningKey key;

    @BeforeEach
    void makeKey() throws Exception {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(256);
        key = SigningKey.of(pairs.generateKeyPair().getPrivate().getEncoded());
    }

    private Descriptor put(MediaType type, byte[] content, String... tags) {
        Descriptor descriptor = Descriptor.of(type, content);
        store.push(
                CallScope.unbounded(),
                descriptor,
                scope -> new ByteArrayInputStream(content),
                PushHints.NONE.withTags(List.of(tags)));
        return descriptor;
    }

    /** So many entries that are none, and one that is. */
    private static List<String> last(int others, String other, String good) {
        List<String> entries = new ArrayList<>(Collections.nCopies(others, other));
        entries.add(good);
        return entries;
    }

    private static String entry(Descriptor descriptor, long size, String signature) {
        return "{\"mediaType\":\"" + descriptor.mediaType() + "\",\"digest\":\"" + descriptor.digest() + "\",\"size\":"
                + size + ",\"annotations\":{\"" + SignatureImage.SIGNATURE + "\":\"" + signature + "\"}}";
    }

    private static byte[] image(List<String> layers) {
        Descriptor config = SignatureReferrer.config();
        return ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_MANIFEST + "\",\"config\":"
                        + entry(config, config.size(), "") + ",\"layers\":[" + String.join(",", layers) + "]}")
                .getBytes(UTF_8);
    }

    private SignatureStore.Findings check() {
        return new SignatureStore(CallScope.unbounded(), store, SUBJECT, 4 * MIB)
                .check(key.verificationKey(), Map.of());
    }

    /** Of 64 MiB there is room for 63 of the largest and the good one, however little is really there. */
    @ParameterizedTest
    @CsvSource({"999, 0, true", "1000, 0, false", "63, 1048576, true", "64, 1048576, false"})
    void imageOfSignatures(int others, long claimed, boolean holds) {
        byte[] payload = SimpleSigning.payload(SUBJECT, "registry.test/app", Map.of());
        Descriptor layer = put(SimpleSigning.MEDIA_TYPE, payload);
        Descriptor absent = Descriptor.of(SimpleSigning.MEDIA_TYPE, new byte[] {1});
        String other = claimed == 0 ? entry(layer, layer.size(), "AAAA") : entry(absent, claimed, "AAAA");
        String good = entry(layer, layer.size(), Base64.getEncoder().encodeToString(key.sign(payload)));
        put(MediaType.OCI_MANIFEST, image(last(others, other, good)), SignatureTags.signature(SUBJECT));

        assertThat(check().simple()).isEqualTo(holds);
        assertThat(check().seen()).isLessThanOrEqualTo(SignatureStore.MOST);
    }

    @ParameterizedTest
    @CsvSource({"999, true", "1000, false"})
    void bundlesOfAReferrer(int others, boolean holds) {
        byte[] bundle = SigstoreBundle.sign(SUBJECT, Map.of(), key);
        Descriptor layer = put(SigstoreBundle.MEDIA_TYPE, bundle);
        Descriptor useless = put(SigstoreBundle.MEDIA_TYPE, "{}".getBytes(UTF_8));
        String other = entry(useless, useless.size(), "");
        list(List.of(put(MediaType.OCI_MANIFEST, image(last(others, other, entry(layer, layer.size(), ""))))));

        assertThat(check().bundle()).isEqualTo(holds);
        assertThat(check().seen()).isLessThanOrEqualTo(SignatureStore.MOST);
    }

    /** Others, and the manifest that names them, leave just as much of 64 MiB as the good one needs, or a byte less. */
    @ParameterizedTest
    @CsvSource({"0, true", "-1, false"})
    void bytesOfBundles(int spare, boolean holds) {
        byte[] bundle = SigstoreBundle.sign(SUBJECT, Map.of(), key);
        Descriptor layer = put(SigstoreBundle.MEDIA_TYPE, bundle);
        Descriptor absent = Descriptor.of(SigstoreBundle.MEDIA_TYPE, new byte[] {1});
        List<String> layers = last(15, entry(absent, 4 * MIB, ""), entry(absent, 4 * MIB, ""));
        layers.add(entry(layer, layer.size(), ""));
        long room = 64L * MIB - image(layers).length - 15L * 4 * MIB - layer.size();
        layers.set(15, entry(absent, room - spare, ""));
        list(List.of(put(MediaType.OCI_MANIFEST, image(layers))));

        assertThat(check().bundle()).isEqualTo(holds);
    }

    /** One signature in each. */
    @ParameterizedTest
    @CsvSource({"999, true", "1000, false"})
    void referrers(int others, boolean holds) {
        byte[] bundle = SigstoreBundle.sign(SUBJECT, Map.of(), key);
        Descriptor layer = put(SigstoreBundle.MEDIA_TYPE, bundle);
        Descriptor useless = put(SigstoreBundle.MEDIA_TYPE, "{}".getBytes(UTF_8));
        List<Descriptor> referrers = new ArrayList<>();
        for (int i = 0; i < others; i++) {
            referrers.add(
                    put(MediaType.OCI_MANIFEST, image(List.of(entry(useless, useless.size(), Integer.toString(i))))));
        }
        referrers.add(put(MediaType.OCI_MANIFEST, image(List.of(entry(layer, layer.size(), "")))));
        list(referrers);

        assertThat(check().bundle()).isEqualTo(holds);
        assertThat(check().seen()).isLessThanOrEqualTo(SignatureStore.MOST);
    }

    private void list(List<Descriptor> referrers) {
        List<String> entries = referrers.stream()
                .map(referrer -> entry(referrer, referrer.size(), ""))
                .toList();
        byte[] index = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaType.OCI_INDEX + "\",\"manifests\":["
                        + String.join(",", entries) + "]}")
                .getBytes(UTF_8);
        put(MediaType.OCI_INDEX, index, SignatureTags.referrers(SUBJECT));
    }
}
