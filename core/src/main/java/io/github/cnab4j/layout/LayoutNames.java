/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.layout;

import io.github.cnab4j.oci.Digest;

/** Names of a layout's files inside an archive, with the layout's root before them. */
final class LayoutNames {
    private LayoutNames() {}

    static String blob(String root, Digest digest) {
        return root + "blobs/" + digest.algorithm().prefix() + "/" + digest.hex();
    }
}
