/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Archives: tar files (POSIX.1-2001 "pax" and the older formats), plain or compressed with gzip (RFC 1952) or Zstandard (RFC
 * 8878). Written in one pass, deterministically, and put in place as a whole; read with random access and without unpacking. What
 * an archive holds for whom is no matter of this package.
 */
@NullMarked
package io.github.cnab4j.archive;

import org.jspecify.annotations.NullMarked;
