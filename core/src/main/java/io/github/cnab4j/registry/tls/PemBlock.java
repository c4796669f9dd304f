/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.tls;

/**
 * One object of a PEM file.
 *
 * @param type its label, such as {@code CERTIFICATE}
 * @param content its bytes
 * @param line where it begins
 * @param encrypted whether its header says that it takes a password
 */
record PemBlock(String type, byte[] content, int line, boolean encrypted) {
    static final String CERTIFICATE = "CERTIFICATE";

    boolean isCertificate() {
        return type.equals(CERTIFICATE);
    }

    boolean isPrivateKey() {
        return type.endsWith("PRIVATE KEY");
    }

    /** Shows no content: it may be a key. */
    @Override
    public String toString() {
        return type + " in line " + line;
    }
}
