/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.oci.NodeKey;
import java.util.Set;

/**
 * What a fixup makes of a bundle, known before the first byte moves.
 *
 * @param bundle the bundle, with the values that were found if that was asked for
 * @param relocationMap where each image will be
 * @param copied the images that the copy brings to the target; the others are there
 */
record Fixed(Bundle bundle, RelocationMap relocationMap, Set<NodeKey> copied) {
    Fixed {
        copied = Set.copyOf(copied);
    }
}
