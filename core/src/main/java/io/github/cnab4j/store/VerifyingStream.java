/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.oci.Descriptor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hashes and counts what passes; a read that would hand out the last byte checks first. */
final class VerifyingStream extends FilterInputStream {
    private final Descriptor descriptor;
    private final String origin;
    private final MessageDigest hash;
    private long count;
    private boolean verified;

    VerifyingStream(InputStream raw, Descriptor descriptor, String origin) {
        super(raw);
        this.descriptor = descriptor;
        this.origin = origin;
        this.hash = descriptor.digest().newHash();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (verified || descriptor.size() == 0) {
            finish();
            return -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, descriptor.size() - count));
        if (n < 0) {
            throw mismatch("ended after " + count + " of " + descriptor.size() + " bytes");
        }
        hash.update(buffer, offset, n);
        count += n;
        if (count == descriptor.size()) {
            finish();
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        byte[] buffer = new byte[(int) Math.min(Math.max(n, 1), 8192)];
        long skipped = 0;
        while (skipped < n) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, n - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void finish() throws IOException {
        if (verified) {
            return;
        }
        if (in.read() >= 0) {
            throw mismatch("has more than " + descriptor.size() + " bytes");
        }
        String actual =
                descriptor.digest().algorithm().prefix() + ":" + HexFormat.of().formatHex(hash.digest());
        if (!actual.equals(descriptor.digest().toString())) {
            throw mismatch("has the digest " + actual);
        }
        verified = true;
    }

    private IntegrityException mismatch(String what) {
        return new IntegrityException(
                "GET " + origin + "@" + descriptor.digest(),
                "content mismatch: " + descriptor.digest() + " from " + origin + " " + what);
    }
}
