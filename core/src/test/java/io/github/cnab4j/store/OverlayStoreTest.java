/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.NotFoundException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.MediaType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OverlayStoreTest {
    private static final CallScope SCOPE = CallScope.unbounded();

    @Nested
    class OverAnEmptyBase extends StoreContract {
        @Override
        protected WritableStore createStore() {
            return new OverlayStore(new MemoryStore("base"));
        }
    }

    @Nested
    class OverABaseThatHasTheContent extends StoreContract {
        private MemoryStore base = new MemoryStore("unset");

        @Override
        protected WritableStore createStore() {
            base = new MemoryStore("base");
            return new OverlayStore(base);
        }

        @Override
        protected void given(TestContent content, String... tags) {
            content.pushTo(base, tags);
        }
    }

    private final MemoryStore base = new MemoryStore("base");
    private final OverlayStore overlay = new OverlayStore(base);

    @Test
    void whatIsAdded_isNotInTheBase() {
        Descriptor added = overlay.add(MediaType.OCI_INDEX, new byte[] {'{', '}'});

        assertThat(overlay.resolve(SCOPE, added.digest().toString())).isEqualTo(added);
        assertThat(base.exists(SCOPE, added)).isFalse();
    }

    @Test
    void anArrayChangedAfterItWasAdded_changesNothing() {
        byte[] content = {1, 2, 3};
        Descriptor added = overlay.add(TestContent.LAYER, content);

        content[0] = 9;

        assertThat(Verified.readAll(SCOPE, overlay, added, 3)).containsExactly(1, 2, 3);
    }

    @Test
    void aTagOfTheOverlay_hidesTheBases() {
        TestContent old = TestContent.manifest(TestContent.blob("old"));
        TestContent replacement = TestContent.manifest(TestContent.blob("new"));
        old.pushTo(base, "1.0", "old");
        replacement.pushTo(overlay, "1.0", "new");

        assertThat(overlay.resolve(SCOPE, "1.0")).isEqualTo(replacement.descriptor());
        assertThat(overlay.resolve(SCOPE, "old")).isEqualTo(old.descriptor());
        assertThat(overlay.tags(SCOPE)).containsExactly("1.0", "old", "new");
        assertThat(base.resolve(SCOPE, "1.0")).isEqualTo(old.descriptor());
    }

    @Test
    void aManifestOfTheBase_canBeTaggedInTheOverlay() {
        TestContent manifest = TestContent.manifest(TestContent.blob("layer"));
        manifest.pushTo(base);

        overlay.tag(SCOPE, manifest.descriptor(), "1.0");

        assertThat(overlay.resolve(SCOPE, "1.0")).isEqualTo(manifest.descriptor());
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> base.resolve(SCOPE, "1.0"));
    }

    @Test
    void identity_isTheBasesSoThatItsBlobsCanBeMounted() {
        assertThat(overlay.id()).isEqualTo(base.id());
    }
}
