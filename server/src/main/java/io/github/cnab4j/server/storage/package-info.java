/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the distribution API needs from a storage: repositories with blobs, uploads, manifests, tags and referrers.
 *
 * <p>An implementation decides where bytes lie and when they are safe; it never sees HTTP. Whatever is handed to it as
 * finished (a committed upload, a manifest) has been checked by the caller or is checked at the commit, so that a
 * reader meets whole and verified content only.
 */
@NullMarked
package io.github.cnab4j.server.storage;

import org.jspecify.annotations.NullMarked;
