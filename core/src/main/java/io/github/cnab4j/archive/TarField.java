/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

/**
 * Where something stands in a tar header (POSIX.1-1988, "ustar Interchange Format").
 *
 * @param offset of its first byte
 * @param length in bytes
 */
record TarField(int offset, int length) {
    static final TarField NAME = new TarField(0, 100);
    static final TarField MODE = new TarField(100, 8);
    static final TarField UID = new TarField(108, 8);
    static final TarField GID = new TarField(116, 8);
    static final TarField SIZE = new TarField(124, 12);
    static final TarField MTIME = new TarField(136, 12);
    static final TarField CHECKSUM = new TarField(148, 8);
    static final int TYPE = 156;
    static final TarField LINK_NAME = new TarField(157, 100);
    static final TarField MAGIC = new TarField(257, 8);
    static final TarField DEV_MAJOR = new TarField(329, 8);
    static final TarField DEV_MINOR = new TarField(337, 8);
    static final TarField PREFIX = new TarField(345, 155);

    int end() {
        return offset + length;
    }
}
