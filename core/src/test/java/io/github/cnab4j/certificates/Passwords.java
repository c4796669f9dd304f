/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.certificates;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** Passwords as servers keep them. */
public final class Passwords {
    private static final byte[] SALT = "salt of a test.!".getBytes(StandardCharsets.US_ASCII);
    private static final int CHEAP = 4;

    private Passwords() {}

    /** A password as {@code htpasswd -B} writes it. */
    public static String bcrypt(String password) {
        return OpenBSDBCrypt.generate("2y", password.toCharArray(), SALT, CHEAP);
    }
}
