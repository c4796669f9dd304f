/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A registry for anyone's client over OCI image layouts: the distribution API of {@link io.github.cnab4j.server}, storage on disk
 * or from an archive, and what whoever runs it needs.
 */
@NullMarked
package io.github.cnab4j.serve;

import org.jspecify.annotations.NullMarked;
