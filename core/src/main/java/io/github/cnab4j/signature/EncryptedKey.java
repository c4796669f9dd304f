/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.signature;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonNumber;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * A private key as cosign keeps it: PKCS#8 in a secret box (XSalsa20 and Poly1305), whose key is made from a password by scrypt. The
 * algorithms are Bouncy Castle's, which is loaded for such a key only.
 */
final class EncryptedKey {
    private static final int LARGEST = 64 << 10;
    /** Those that cosign has used: anything else would be memory and time at the choice of whoever wrote the file. */
    private static final Set<Integer> COSTS = Set.of(1 << 15, 1 << 16, 1 << 17);

    private static final int BLOCK_SIZE = 8;
    private static final int KEY = 32;
    private static final int NONCE = 24;
    private static final int TAG = 16;
    private static final int MOST_BYTES_OF_A_CHAR = 3;

    private final byte[] salt;
    private final int cost;
    private final byte[] nonce;
    private final byte[] box;

    /**
     * A key in its box.
     *
     * @param salt of the password
     * @param cost scrypt's N
     * @param nonce of the box
     * @param box authenticator and encrypted key
     */
    private EncryptedKey(byte[] salt, int cost, byte[] nonce, byte[] box) {
        this.salt = salt;
        this.cost = cost;
        this.nonce = nonce;
        this.box = box;
    }

    /**
     * Reads one.
     *
     * @throws InvalidInputException if it is not of this form
     */
    static EncryptedKey parse(byte[] json) {
        JsonObject document = JsonReader.readObject(json, JsonLimits.MANIFEST.withMaxBytes(LARGEST));
        JsonObject derivation = part(document, "kdf", "scrypt");
        JsonObject cipher = part(document, "cipher", "nacl/secretbox");
        JsonObject cost = derivation.object("params").orElse(JsonObject.empty());
        int n = number(cost, "N");
        if (!COSTS.contains(n) || number(cost, "r") != BLOCK_SIZE || number(cost, "p") != 1) {
            throw invalid("its scrypt parameters are none that cosign uses");
        }
        EncryptedKey key =
                new EncryptedKey(bytes(derivation, "salt"), n, bytes(cipher, "nonce"), bytes(document, "ciphertext"));
        if (key.nonce.length != NONCE || key.box.length <= TAG) {
            throw invalid("it is cut off");
        }
        return key;
    }

    private static JsonObject part(JsonObject document, String name, String algorithm) {
        return document.object(name)
                .filter(part -> part.string("name").filter(algorithm::equals).isPresent())
                .orElseThrow(() -> invalid("its " + name + " is not " + algorithm));
    }

    private static int number(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number
                ? (int) Math.min(Integer.MAX_VALUE, number.toLong().orElse(0))
                : 0;
    }

    private static byte[] bytes(JsonObject object, String name) {
        try {
            return Base64.getDecoder().decode(object.string(name).orElse(""));
        } catch (IllegalArgumentException notBase64) {
            throw invalid("its " + name + " is not Base64");
        }
    }

    private static InvalidInputException invalid(String why) {
        return new InvalidInputException(
                ErrorCode.INVALID_KEY,
                "the encrypted private key cannot be read: " + why,
                "Keys are made with: cosign generate-key-pair");
    }

    /**
     * The key in PKCS#8.
     *
     * @throws InvalidInputException if the password is not the right one, or the key was altered
     */
    byte[] decrypt(char[] password) {
        byte[] words = utf8(password);
        byte[] secret = SCrypt.generate(words, salt, cost, BLOCK_SIZE, 1, KEY);
        Arrays.fill(words, (byte) 0);
        XSalsa20Engine stream = new XSalsa20Engine();
        stream.init(false, new ParametersWithIV(new KeyParameter(secret), nonce));
        byte[] authenticationKey = new byte[KEY];
        stream.processBytes(authenticationKey, 0, KEY, authenticationKey, 0);
        Poly1305 authenticator = new Poly1305();
        authenticator.init(new KeyParameter(authenticationKey));
        authenticator.update(box, TAG, box.length - TAG);
        byte[] expected = new byte[TAG];
        authenticator.doFinal(expected, 0);
        if (!MessageDigest.isEqual(expected, Arrays.copyOf(box, TAG))) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_KEY,
                    "the private key cannot be decrypted: the password is wrong, or the file was altered",
                    "The password is taken from the environment variable COSIGN_PASSWORD.");
        }
        byte[] key = new byte[box.length - TAG];
        stream.processBytes(box, TAG, key.length, key, 0);
        return key;
    }

    private static byte[] utf8(char[] password) {
        ByteBuffer encoded = ByteBuffer.allocate(MOST_BYTES_OF_A_CHAR * password.length);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(password), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }

    /** Shows nothing of it. */
    @Override
    public String toString() {
        return "encrypted private key";
    }
}
