/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What every place that holds content is to the rest of the library: {@link io.github.cnab4j.store.ReadableStore} and {@link
 * io.github.cnab4j.store.WritableStore}, one repository each. Bytes leave a store only through {@link
 * io.github.cnab4j.store.Verified}.
 */
@NullMarked
package io.github.cnab4j.store;

import org.jspecify.annotations.NullMarked;
