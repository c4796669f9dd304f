/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.signature;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.pem.PemBlock;
import io.github.cnab4j.pem.PemFile;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A public key that signatures are checked with: ECDSA over SHA-256, RSA (PKCS#1 v1.5) over SHA-256, or Ed25519. A signature does not
 * say how it was made; the key decides. Immutable, safe for use by several threads.
 */
public final class VerificationKey {
    private final PublicKey key;
    private final Scheme scheme;

    /** How signatures are made, by the kind of key. */
    private enum Scheme {
        EC("EC", "SHA256withECDSA"),
        RSA("RSA", "SHA256withRSA"),
        ED25519("Ed25519", "Ed25519");

        private final String keys;
        private final String signatures;

        Scheme(String keys, String signatures) {
            this.keys = keys;
            this.signatures = signatures;
        }
    }

    private VerificationKey(PublicKey key, Scheme scheme) {
        this.key = key;
        this.scheme = scheme;
    }

    /**
     * A key in its binary form.
     *
     * @param subjectPublicKeyInfo DER (RFC 5280, section 4.1)
     * @throws InvalidInputException if it is none of the three kinds
     */
    public static VerificationKey of(byte[] subjectPublicKeyInfo) {
        X509EncodedKeySpec encoded = new X509EncodedKeySpec(subjectPublicKeyInfo);
        for (Scheme scheme : Scheme.values()) {
            PublicKey key = key(scheme, encoded);
            if (key != null) {
                return new VerificationKey(key, scheme);
            }
        }
        throw new InvalidInputException(
                ErrorCode.INVALID_KEY, "the public key is damaged, or none of the kinds ECDSA, RSA and Ed25519");
    }

    /**
     * A key as files have it.
     *
     * @param pem a text with an object {@code PUBLIC KEY}
     * @throws InvalidInputException if it holds another object first, or the key is none of the three kinds
     */
    public static VerificationKey parse(String pem) {
        return parse(PemFile.parse("the key", ErrorCode.INVALID_KEY, pem).first());
    }

    /**
     * Reads all keys of a text, at least one, each as {@link #parse} does.
     *
     * @throws InvalidInputException if there is none, or an object that is no public key that can be used
     */
    public static List<VerificationKey> parseAll(String pem) {
        PemFile file = PemFile.parse("the key", ErrorCode.INVALID_KEY, pem);
        file.first();
        return file.blocks().stream().map(VerificationKey::parse).toList();
    }

    private static VerificationKey parse(PemBlock object) {
        if (!object.type().equals("PUBLIC KEY")) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_KEY,
                    "this is a " + Excerpt.quoted(object.type()) + " where a public key is needed",
                    object.type().contains("PRIVATE")
                            ? "Signatures are checked with the public half, cosign.pub; the private one is for signing."
                            : null);
        }
        return of(object.content());
    }

    private static @Nullable PublicKey key(Scheme scheme, X509EncodedKeySpec encoded) {
        try {
            return KeyFactory.getInstance(scheme.keys).generatePublic(encoded);
        } catch (GeneralSecurityException anotherKind) {
            return null;
        }
    }

    /**
     * Whether a signature was made with the private half over exactly this message. One that is malformed was not.
     *
     * @param signature for ECDSA in DER form
     */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(scheme.signatures);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the runtime lacks " + scheme.signatures, impossible);
        }
    }

    /** By which sigstore bundles name the key: Base64 of the SHA-256 of its binary form. */
    public String hint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return scheme.keys + " key " + hint();
    }
}
