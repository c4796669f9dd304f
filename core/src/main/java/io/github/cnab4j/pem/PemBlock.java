/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.pem;

/** One object of a PEM file. Its text form shows no content: it may be a key. Not changed by anybody once it was read. */
public final class PemBlock {
    private final String type;
    private final byte[] content;
    private final int line;
    private final boolean encrypted;

    /**
     * An object.
     *
     * @param type its label, such as {@code CERTIFICATE}
     * @param content its bytes
     * @param line where it begins
     * @param encrypted whether its header says that it takes a password
     */
    PemBlock(String type, byte[] content, int line, boolean encrypted) {
        this.type = type;
        this.content = content;
        this.line = line;
        this.encrypted = encrypted;
    }

    /** Its label, such as {@code PUBLIC KEY}. */
    public String type() {
        return type;
    }

    /** Its bytes; not a copy. */
    public byte[] content() {
        return content;
    }

    int line() {
        return line;
    }

    boolean encrypted() {
        return encrypted;
    }

    boolean isCertificate() {
        return type.equals("CERTIFICATE");
    }

    boolean isPrivateKey() {
        return type.endsWith("PRIVATE KEY");
    }

    @Override
    public String toString() {
        return type + " in line " + line;
    }
}
