/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.store;

import io.github.cnab4j.error.IntegrityException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Hashes and counts what passes. The read that would hand out the last byte looks for one byte more and compares the digest
 * first; if they disagree the caller gets an exception and a wiped buffer. A stream that failed once fails for good: a reader
 * that goes on after an exception must not meet an end that looks regular.
 */
final class VerifyingStream extends InputStream {
    private enum State {
        READING,
        VERIFIED,
        BROKEN
    }

    private final InputStream raw;
    private final Descriptor descriptor;
    private final String origin;
    private final MessageDigest hash;
    private long count;
    private State state = State.READING;

    VerifyingStream(InputStream raw, Descriptor descriptor, String origin) {
        this.raw = raw;
        this.descriptor = descriptor;
        this.origin = origin;
        this.hash = descriptor.digest().newHash();
    }

    /** Goes on in the middle of a content whose bytes before that place were hashed by another stream. */
    VerifyingStream(InputStream rest, Descriptor descriptor, String origin, Kept before) {
        this.raw = rest;
        this.descriptor = descriptor;
        this.origin = origin;
        this.hash = before.copy().orElseThrow();
        this.count = before.count;
    }

    /** What is known of the bytes so far. */
    static final class Kept {
        private final MessageDigest hash;
        private final long count;

        private Kept(MessageDigest hash, long count) {
            this.hash = hash;
            this.count = count;
        }

        private Optional<MessageDigest> copy() {
            return copyOf(hash);
        }
    }

    /** What is known of the bytes so far; empty if the hash is of a provider that cannot tell. */
    Optional<Kept> keep() {
        return state == State.READING ? copyOf(hash).map(copy -> new Kept(copy, count)) : Optional.empty();
    }

    private static Optional<MessageDigest> copyOf(MessageDigest hash) {
        try {
            return Optional.of((MessageDigest) hash.clone());
        } catch (CloneNotSupportedException cannotTell) {
            return Optional.empty();
        }
    }

    /** Whether this stream proves what {@code other} asks for. */
    boolean checks(Descriptor other) {
        return descriptor.digest().equals(other.digest()) && descriptor.size() == other.size();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (state == State.BROKEN) {
            throw new IOException("reading of " + descriptor.digest() + " from " + origin + " has failed before");
        }
        if (length == 0) {
            return 0;
        }
        if (state == State.VERIFIED) {
            return -1;
        }
        state = State.BROKEN;
        int n = readChecked(buffer, offset, length);
        state = count == descriptor.size() ? State.VERIFIED : State.READING;
        return n;
    }

    private int readChecked(byte[] buffer, int offset, int length) throws IOException {
        if (descriptor.size() == 0) {
            checkEnd();
            return -1;
        }
        int n = raw.read(buffer, offset, (int) Math.min(length, descriptor.size() - count));
        if (n < 0) {
            throw mismatch("ended after " + count + " of " + descriptor.size() + " bytes");
        }
        hash.update(buffer, offset, n);
        count += n;
        if (count == descriptor.size()) {
            boolean agrees = false;
            try {
                checkEnd();
                agrees = true;
            } finally {
                if (!agrees) {
                    Arrays.fill(buffer, offset, offset + n, (byte) 0);
                }
            }
        }
        return n;
    }

    private void checkEnd() throws IOException {
        if (raw.read() >= 0) {
            throw mismatch("has more than " + descriptor.size() + " bytes");
        }
        Digest actual = Digest.of(descriptor.digest().algorithm(), hash.digest());
        if (!actual.equals(descriptor.digest())) {
            throw mismatch("has the digest " + actual);
        }
    }

    /** Reads what it skips, so that it is hashed. */
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
    public int available() throws IOException {
        return (int) Math.min(raw.available(), descriptor.size() - count);
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }

    private IntegrityException mismatch(String what) {
        return new IntegrityException(
                "GET " + origin + "@" + descriptor.digest(),
                "content mismatch: " + descriptor.digest() + " from " + origin + " " + what);
    }
}
