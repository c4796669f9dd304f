/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The copy engine: content graphs from stores to stores. A session plans one graph over everything that is added to it; each
 * content is one node per target, done once, when all that it points to is done. See {@link
 * io.github.cnab4j.transfer.CopySession}.
 */
@NullMarked
package io.github.cnab4j.transfer;

import org.jspecify.annotations.NullMarked;
