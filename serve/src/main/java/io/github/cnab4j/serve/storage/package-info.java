/* SPDX-License-Identifier: Apache-2.0 */
/**
 * A registry's storage on disk: every repository is an OCI image layout (OCI image specification, "Image Layout") that other tools
 * read while it is served.
 *
 * <p>{@code index.json} is what a layout shows; beside it, in the layout's directory {@code .cnab4j}, a journal says which blobs
 * are manifests and what changed since {@code index.json} was written. A change is promised when its line in the journal is on
 * disk. {@link io.github.cnab4j.serve.storage.LayoutRegistry} is the door.
 */
@NullMarked
package io.github.cnab4j.serve.storage;

import org.jspecify.annotations.NullMarked;
