/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.signature;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.Excerpt;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.pem.PemBlock;
import io.github.cnab4j.pem.PemFile;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bouncycastle.jcajce.provider.asymmetric.util.EC5Util;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A private key that signs: ECDSA over SHA-256, such as cosign's key pairs on the curve P-256. Immutable, safe for use by several
 * threads.
 */
public final class SigningKey {
    private final ECPrivateKey key;
    private final VerificationKey verificationKey;

    private SigningKey(ECPrivateKey key, VerificationKey verificationKey) {
        this.key = key;
        this.verificationKey = verificationKey;
    }

    /**
     * A key in its binary form.
     *
     * @param pkcs8 DER (RFC 5208)
     * @throws InvalidInputException if it is no key of an elliptic curve
     */
    public static SigningKey of(byte[] pkcs8) {
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            ECPrivateKey key = (ECPrivateKey) keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return new SigningKey(key, VerificationKey.of(publicHalf(keys, key)));
        } catch (InvalidKeySpecException damaged) {
            // Without its cause, which may tell of the key.
            throw new InvalidInputException(
                    ErrorCode.INVALID_KEY, "the private key is damaged, or none of an elliptic curve (ECDSA)");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the runtime lacks ECDSA", impossible);
        }
    }

    /**
     * A key as files have it: {@code PRIVATE KEY} (PKCS#8), or cosign's {@code ENCRYPTED SIGSTORE PRIVATE KEY}, also under its older
     * name.
     *
     * @param password asked for if the key is encrypted; what it gives is overwritten
     * @throws InvalidInputException if the key cannot be read or decrypted, or is none of an elliptic curve
     */
    public static SigningKey parse(String pem, Supplier<char[]> password) {
        PemBlock object = PemFile.parse("the key", ErrorCode.INVALID_KEY, pem).first();
        return switch (object.type()) {
            case "PRIVATE KEY" -> of(object.content());
            case "ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY" -> {
                EncryptedKey encrypted = EncryptedKey.parse(object.content());
                char[] words = password.get();
                try {
                    yield of(encrypted.decrypt(words));
                } finally {
                    Arrays.fill(words, ' ');
                }
            }
            default ->
                throw new InvalidInputException(
                        ErrorCode.INVALID_KEY,
                        "this is a " + Excerpt.quoted(object.type())
                                + " where a private key is needed, as PKCS#8 or as cosign encrypts it",
                        "One in another form becomes PKCS#8 with: openssl pkcs8 -topk8 -nocrypt -in FILE. cosign makes keys"
                                + " with: cosign generate-key-pair");
        };
    }

    /** Not every file with a private key has the public one in it, but it follows from it. */
    private static byte[] publicHalf(KeyFactory keys, ECPrivateKey key) throws InvalidKeySpecException {
        ECParameterSpec curve = key.getParams();
        ECPoint point = EC5Util.convertPoint(curve, curve.getGenerator())
                .multiply(key.getS())
                .normalize();
        return keys.generatePublic(new ECPublicKeySpec(EC5Util.convertPoint(point), curve))
                .getEncoded();
    }

    /** A signature over a message, in DER form; another one each time. */
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the runtime lacks ECDSA", impossible);
        }
    }

    /** The key with which its signatures are checked. */
    public VerificationKey verificationKey() {
        return verificationKey;
    }

    /** Shows the public half. */
    @Override
    public String toString() {
        return "private half of " + verificationKey;
    }
}
