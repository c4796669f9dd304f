/* SPDX-License-Identifier: Apache-2.0 */
/**
 * OCI image layouts (OCI image specification, "Image Layout") as stores: a directory with {@code oci-layout}, {@code
 * index.json} and {@code blobs/}. One layout is one repository. Several threads and processes may write to one layout; other
 * tools may read it at any time.
 */
@NullMarked
package io.github.cnab4j.layout;

import org.jspecify.annotations.NullMarked;
