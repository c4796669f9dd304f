/* SPDX-License-Identifier: Apache-2.0 */
/**
 * CNAB bundles in OCI registries. {@link io.github.cnab4j.transfer} copies content graphs between {@linkplain
 * io.github.cnab4j.store stores}.
 */
module io.github.cnab4j {
    requires static com.github.luben.zstd_jni;
    requires static org.jspecify;
    requires static org.bouncycastle.provider;
    requires java.json.canonicalization;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.semver4j;
    requires org.slf4j;
    requires tools.jackson.core;

    exports io.github.cnab4j.archive;
    exports io.github.cnab4j.bundle;
    exports io.github.cnab4j.converter;
    exports io.github.cnab4j.docker;
    exports io.github.cnab4j.error;
    exports io.github.cnab4j.json;
    exports io.github.cnab4j.layout;
    exports io.github.cnab4j.oci;
    exports io.github.cnab4j.reference;
    exports io.github.cnab4j.registry;
    exports io.github.cnab4j.registry.auth;
    exports io.github.cnab4j.remotes;
    exports io.github.cnab4j.signature;
    exports io.github.cnab4j.store;
    exports io.github.cnab4j.transfer;
}
