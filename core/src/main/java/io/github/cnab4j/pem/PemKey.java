/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.pem;

import io.github.cnab4j.error.InvalidInputException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/**
 * Private keys of PEM files: PKCS#8 (RFC 5208), and the older forms PKCS#1 (RFC 8017, RSA) and SEC 1 (RFC 5915, elliptic curves), which
 * are put into the envelope of PKCS#8, since Java reads no other.
 */
final class PemKey {
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    /** rsaEncryption (RFC 8017) and its NULL. */
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    /** id-ecPublicKey (RFC 5480). */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PemKey() {}

    /**
     * The first private key of a file.
     *
     * @throws InvalidInputException if there is none, it takes a password, or it cannot be read
     */
    static PrivateKey read(PemFile file) {
        PemBlock block = file.blocks().stream()
                .filter(PemBlock::isPrivateKey)
                .findFirst()
                .orElseThrow(() -> file.invalid(1, "there is no private key in this file", null));
        if (block.encrypted() || block.type().equals("ENCRYPTED PRIVATE KEY")) {
            throw file.invalid(
                    block.line(),
                    "the private key takes a password: keep it here without one, readable by you alone",
                    null);
        }
        byte[] envelope = envelope(file, block)
                .orElseThrow(() -> file.invalid(
                        block.line(),
                        "the private key that begins here is of an unknown kind, or names no curve",
                        null));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(envelope));
            } catch (GeneralSecurityException anotherKind) {
                // The envelope says which kind it is, and the other factories refuse it.
            }
        }
        throw file.invalid(
                block.line(), "the private key that begins here is damaged, or neither RSA, EC nor EdDSA", null);
    }

    private static Optional<byte[]> envelope(PemFile file, PemBlock block) {
        return switch (block.type()) {
            case "PRIVATE KEY" -> Optional.of(block.content());
            case "RSA PRIVATE KEY" -> Optional.of(pkcs8(RSA, block.content()));
            case "EC PRIVATE KEY" ->
                curve(file, block).map(curve -> pkcs8(Der.element(Der.SEQUENCE, EC, curve), block.content()));
            default -> Optional.empty();
        };
    }

    /** The curve that the key names, or else the file beside it. */
    private static Optional<byte[]> curve(PemFile file, PemBlock key) {
        return Der.content(key.content(), Der.SEQUENCE)
                .flatMap(row -> Der.find(row, Der.CONTEXT_0))
                .or(() -> file.blocks().stream()
                        .filter(block -> block.type().equals("EC PARAMETERS"))
                        .map(PemBlock::content)
                        .findFirst());
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return Der.element(Der.SEQUENCE, VERSION_0, algorithm, Der.element(Der.OCTET_STRING, key));
    }
}
