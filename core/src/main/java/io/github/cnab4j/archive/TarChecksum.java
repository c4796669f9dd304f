/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.archive;

/** The sum of a header's bytes, its own field counted as blanks. Some old programs added them up as signed numbers. */
final class TarChecksum {
    private final long unsigned;
    private final long signed;
    private final long stated;
    private final boolean usual;

    TarChecksum(byte[] header) {
        long sum = 0;
        long signedSum = 0;
        for (int i = 0; i < TarHeader.BLOCK; i++) {
            boolean own = i >= TarField.CHECKSUM.offset() && i < TarField.CHECKSUM.end();
            sum += own ? ' ' : header[i] & 0xff;
            signedSum += own ? ' ' : header[i];
        }
        unsigned = sum;
        signed = signedSum;
        stated = TarNumber.of(header, TarField.CHECKSUM);
        usual = isUsual(header);
    }

    /** Six digits, a zero byte and a blank: one number can be written in one way. */
    private static boolean isUsual(byte[] header) {
        int at = TarField.CHECKSUM.offset();
        int end = at + 6;
        while (at < end && header[at] >= '0' && header[at] <= '7') {
            at++;
        }
        return at == end && header[end] == 0 && header[end + 1] == ' ';
    }

    /** Nothing covers the checksum's own bytes but their usual form. */
    void requireUsualForm(String file, long position, String before) {
        if (!usual) {
            throw ArchiveFailures.invalid(
                    file,
                    "is damaged: the checksum of the tar header at byte " + position + " is not in the usual form"
                            + before);
        }
    }

    /** @param before where in the archive that is, in words */
    void require(String file, long position, String before) {
        if (stated != unsigned && stated != signed) {
            throw ArchiveFailures.invalid(
                    file,
                    position == 0
                            ? "is no tar file, plain or compressed with gzip or zstd"
                            : "is damaged: there is no tar header at byte " + position + " of the tar file" + before);
        }
    }
}
