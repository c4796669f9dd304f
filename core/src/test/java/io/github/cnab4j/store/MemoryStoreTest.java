/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {
    @Override
    protected WritableStore createStore() {
        return new MemoryStore("test");
    }

    @Test
    void aManifestWithoutItsChildren_isTaken() {
        TestContent manifest = TestContent.manifest(TestContent.blob("nowhere"));

        manifest.pushTo(store, "1.0");

        assertThat(store.resolve(SCOPE, "1.0")).isEqualTo(manifest.descriptor());
    }

    @Test
    void aBlob_isNotFoundAsAManifest() {
        TestContent blob = TestContent.blob("{}");
        blob.pushTo(store);

        assertThat(store.exists(SCOPE, Descriptor.of(MediaType.OCI_MANIFEST, blob.bytes())))
                .isFalse();
    }

    @Test
    void moreThanAnArrayHolds_isRefusedBeforeAnyAllocation() {
        Descriptor huge = Descriptor.of(TestContent.LAYER, Digest.sha256(new byte[0]), Descriptor.MAX_SIZE);

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> store.push(SCOPE, huge, ContentSource.ofBytes(new byte[0]), PushHints.NONE))
                .returns(ErrorCode.LIMIT_EXCEEDED, InvalidInputException::code);
    }
}
