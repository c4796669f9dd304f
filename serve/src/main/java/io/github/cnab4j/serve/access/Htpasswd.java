/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.server.storage.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.jspecify.annotations.Nullable;

/**
 * A file of names and bcrypt hashes, as {@code htpasswd -B} writes it; read again when it changes. Thread-safe.
 *
 * <p>A hash takes its time to check on purpose: a password that was right is remembered, as a hash with a salt of this process, so
 * that a push of a hundred requests pays once. Wrong ones always pay, a few at a time, and unknown names as much as known ones.
 */
public final class Htpasswd {
    private static final System.Logger LOG = System.getLogger(Htpasswd.class.getName());
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(?:0[4-9]|1[0-9])\\$[./A-Za-z0-9]{53}");
    /** bcrypt looks no further, and takes no zero byte. */
    private static final int LONGEST_PASSWORD = 72;

    private static final int LARGEST_FILE = 1 << 20;
    private static final int REMEMBERED = 1_000;
    private static final int AT_ONCE = 2;

    private final Path file;
    private final byte[] salt = new byte[32];
    private final String nobody;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Map<String, byte[]> right = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > REMEMBERED;
        }
    };
    private Map<String, String> users;
    private FileTime read;

    private Htpasswd(Path file) throws IOException {
        this.file = file;
        SecureRandom random = new SecureRandom();
        random.nextBytes(salt);
        byte[] some = new byte[16];
        random.nextBytes(some);
        this.nobody = OpenBSDBCrypt.generate("nobody".toCharArray(), some, 10);
        this.read = Files.getLastModifiedTime(file);
        this.users = parse(file);
    }

    /**
     * Reads a file.
     *
     * @throws FileException if it cannot be read
     * @throws InvalidInputException if a line of it is no name and bcrypt hash; the message names the line and quotes nothing
     */
    public static Htpasswd of(Path file) {
        try {
            return new Htpasswd(file);
        } catch (IOException failed) {
            throw new FileException(
                    "cannot read the passwords in " + file, "Make it with htpasswd -B -c FILE NAME.", failed);
        }
    }

    private static Map<String, String> parse(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException("more than " + LARGEST_FILE + " bytes");
        }
        Map<String, String> users = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String text = line.trim();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            int colon = text.indexOf(':');
            if (colon <= 0 || !BCRYPT.matcher(text.substring(colon + 1)).matches()) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_CONFIGURATION,
                        "line " + number + " of " + file + " is not a name and a bcrypt hash",
                        "Make it with htpasswd -B FILE NAME; hashes of other kinds are too weak.");
            }
            users.put(text.substring(0, colon), text.substring(colon + 1));
        }
        return users;
    }

    /** Whether this is the name's password. */
    boolean accepts(String name, String password) {
        byte[] bytes = password.getBytes(UTF_8);
        if (bytes.length > LONGEST_PASSWORD || password.indexOf('\0') >= 0) {
            return false;
        }
        @Nullable String hash = current().get(name);
        byte[] proof = proof(name, hash, bytes);
        if (hash != null && isRemembered(name, proof)) {
            return true;
        }
        boolean matches = check(hash == null ? nobody : hash, password) && hash != null;
        if (matches) {
            remember(name, proof);
        }
        return matches;
    }

    private boolean check(String hash, String password) {
        turns.acquireUninterruptibly();
        try {
            return OpenBSDBCrypt.checkPassword(hash, password.toCharArray());
        } finally {
            turns.release();
        }
    }

    /** Of one hash in the file: when that changes, what was remembered is worth nothing. */
    private byte[] proof(String name, @Nullable String hash, byte[] password) {
        MessageDigest proof = Digest.Algorithm.SHA256.newHash();
        proof.update(salt);
        proof.update((name + ":" + hash + ":").getBytes(UTF_8));
        return proof.digest(password);
    }

    private synchronized boolean isRemembered(String name, byte[] proof) {
        return MessageDigest.isEqual(right.get(name), proof);
    }

    private synchronized void remember(String name, byte[] proof) {
        right.put(name, proof);
    }

    private synchronized Map<String, String> current() {
        try {
            FileTime now = Files.getLastModifiedTime(file);
            if (!now.equals(read)) {
                users = parse(file);
                read = now;
            }
        } catch (IOException | InvalidInputException unusable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the passwords are as they were: {0} cannot be read: {1}",
                    file,
                    unusable.getMessage());
        }
        return users;
    }

    /** Its file alone. */
    @Override
    public String toString() {
        return file.toString();
    }
}
