/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.pem;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a client shows to a server that wants to know it.
 *
 * @param key its private key
 * @param chain its certificate, then those that lead to the authority
 */
public record ClientIdentity(PrivateKey key, List<X509Certificate> chain) {
    private static final byte[] SAMPLE = {1, 2, 3, 4, 5, 6, 7, 8};

    /** Copies the chain. */
    public ClientIdentity {
        chain = List.copyOf(chain);
    }

    /**
     * Reads PEM files of a certificate and of its key, which may be one and the same.
     *
     * @throws FileException if one cannot be read
     * @throws InvalidInputException if one is damaged, or they do not belong together
     */
    public static ClientIdentity read(Path certificate, Path key) {
        List<X509Certificate> chain = PemFile.read(certificate).certificates();
        PrivateKey secret = PemKey.read(PemFile.read(key));
        if (!belongTogether(chain.get(0).getPublicKey(), secret)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "the key in " + key + " does not belong to the certificate in " + certificate,
                    "The first certificate of the file has to be the client's own.");
        }
        return new ClientIdentity(secret, chain);
    }

    private static boolean belongTogether(PublicKey open, PrivateKey secret) {
        String algorithm = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> secret.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(secret);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException anotherKind) {
            return false;
        }
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "ClientIdentity[" + chain.get(0).getSubjectX500Principal().getName() + "]";
    }
}
