/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cnab4j.certificates.Authority;
import io.github.cnab4j.certificates.Issued;
import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys in PEM files, in order and out of it. */
class PemFileTest {
    private static final Authority AUTHORITY = Authority.named("pem");
    private static final String KEY_OF_NOBODY = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";

    @TempDir
    Path directory;

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("file.pem"), content);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private CnabException failure(String content) throws IOException {
        Path file = write(content);
        return catchThrowableOfType(
                CnabException.class, () -> PemFile.read(file).certificates());
    }

    private CnabException keyFailure(String content) throws IOException {
        Path file = write(content);
        return catchThrowableOfType(CnabException.class, () -> PemKey.read(PemFile.read(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void severalCertificatesWithTextAround_areRead(String lineEnd) throws IOException {
        Issued other = AUTHORITY.issue("a.test");
        String text = "# comment: with a colon\n" + AUTHORITY.pem() + "\nanother\n" + other.pem() + "the end";
        Path file = write(text.replace("\r\n", "\n").replace("\n", lineEnd));

        assertThat(PemFile.read(file).certificates()).containsExactly(AUTHORITY.certificate(), other.certificate());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                     | line 1: there is no certificate
            nothing                                                | line 1: there is no certificate
            x\\n-----BEGIN CERTIFICATE-----\\nbm9u                 | line 2: what begins here has no end
            -----BEGIN CERTIFICATE-----\\n%%%\\n-----END CERTIFICATE----- | line 1: what begins here is not Base64
            \\n\\n-----BEGIN CERTIFICATE-----\\nbm9u\\n-----END CERTIFICATE----- | line 3: the certificate that begins here is damaged
            -----BEGIN CERTIFICATE-----\\n-----BEGIN CERTIFICATE----- | line 2: this begins before the end
            -----BEGIN CERTIFICATE-----\\n-----END X-----          | line 2: this ends what has not begun
            -----END CERTIFICATE-----                              | line 1: this ends what has not begun
            """)
    void damage_isNamedWithItsLine(String content, String expected) throws IOException {
        CnabException failure = failure(content.replace("\\n", "\n"));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
        assertThat(failure).hasMessageStartingWith(directory.resolve("file.pem") + ", " + expected);
    }

    /** As keys of signatures come: from a text, and by the type of the first object. */
    @Test
    void text_isNamedAsItsReaderSays() {
        String text = "-----BEGIN PUBLIC KEY-----\nAQID\n-----END PUBLIC KEY-----\n" + AUTHORITY.pem();

        PemBlock first = PemFile.parse("the key", ErrorCode.INVALID_KEY, text).first();

        assertThat(first.type()).isEqualTo("PUBLIC KEY");
        assertThat(first.content()).containsExactly(1, 2, 3);
        CnabException none = catchThrowableOfType(
                CnabException.class,
                () -> PemFile.parse("the key", ErrorCode.INVALID_KEY, "x").first());
        assertThat(none.code()).isEqualTo(ErrorCode.INVALID_KEY);
        assertThat(none).hasMessage("the key, line 1: there is nothing in PEM form here");
        CnabException cut = catchThrowableOfType(
                CnabException.class,
                () -> PemFile.parse(
                        "the key", ErrorCode.INVALID_KEY, "\n-----BEGIN PRIVATE KEY-----\n" + KEY_OF_NOBODY));
        assertThat(cut.code()).isEqualTo(ErrorCode.INVALID_KEY);
        assertThat(cut).hasMessageStartingWith("the key, line 2: ").hasMessageNotContaining(KEY_OF_NOBODY);
    }

    @Test
    void fileThatIsNotThere_andDirectory_areNamed() {
        assertThat(catchThrowableOfType(FileException.class, () -> PemFile.read(directory.resolve("none"))))
                .hasMessageEndingWith("none cannot be read: no such file");
        assertThat(catchThrowableOfType(FileException.class, () -> PemFile.read(directory)))
                .hasMessageEndingWith("cannot be read: it is a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void keyInPkcs8_isRead(String algorithm) throws IOException {
        Issued issued = AUTHORITY.issueFor(algorithm, "a.test");

        assertThat(PemKey.read(PemFile.read(write(issued.keyPem()))).getEncoded())
                .isEqualTo(issued.key().getEncoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void keyInItsOwnForm_isRead(String algorithm) throws IOException {
        Issued issued = AUTHORITY.issueFor(algorithm, "a.test");
        Path certificate = write("certificate.pem", issued.pem());
        Path key = write("key.pem", issued.traditionalKeyPem());

        assertThat(issued.traditionalKeyPem()).startsWith("-----BEGIN " + algorithm + " PRIVATE KEY-----");
        assertThat(ClientIdentity.read(certificate, key).chain()).containsExactly(issued.certificate());
    }

    /** As {@code openssl ecparam -genkey} writes it; here the key itself does not name its curve. */
    @Test
    void curveBesideTheKey_isFound() throws IOException {
        String key = AUTHORITY.issueFor("EC", "a.test").traditionalKeyPem();
        String curve = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

        assertThat(PemKey.read(PemFile.read(write(curve + key))).getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void certificateAndKeyInOneFile_areRead() throws IOException {
        Issued issued = AUTHORITY.issue("a.test");
        Path file = write(issued.keyPem() + issued.pem() + AUTHORITY.pem());

        assertThat(ClientIdentity.read(file, file).chain())
                .containsExactly(issued.certificate(), AUTHORITY.certificate());
    }

    @ParameterizedTest
    @CsvSource({"RSA, RSA", "RSA, EC", "EC, EC", "EC, Ed25519", "Ed25519, RSA"})
    void keyOfAnotherCertificate_isRefused(String one, String another) throws IOException {
        Path certificate =
                write("certificate.pem", AUTHORITY.issueFor(one, "a.test").pem());
        Path key = write("key.pem", AUTHORITY.issueFor(another, "a.test").keyPem());

        CnabException failure = catchThrowableOfType(CnabException.class, () -> ClientIdentity.read(certificate, key));

        assertThat(failure).hasMessage("the key in " + key + " does not belong to the certificate in " + certificate);
    }

    @ParameterizedTest
    @CsvSource({
        "ENCRYPTED PRIVATE KEY, takes a password",
        "PRIVATE KEY, is damaged",
        "RSA PRIVATE KEY, is damaged",
        "EC PRIVATE KEY, names no curve",
        "DSA PRIVATE KEY, is of an unknown kind"
    })
    void keyThatCannotBeUsed_isNamedAndNotQuoted(String type, String expected) throws IOException {
        CnabException failure =
                keyFailure("-----BEGIN " + type + "-----\n" + KEY_OF_NOBODY + "\n-----END " + type + "-----\n");

        assertThat(failure).hasMessageContaining(", line 1: ").hasMessageContaining(expected);
        assertThat(Throwables.getStackTrace(failure)).doesNotContain(KEY_OF_NOBODY, "secret-secret");
    }

    @Test
    void oldKeyWithAPassword_isSaidToHaveOne() throws IOException {
        assertThat(keyFailure("""
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF

                c2VjcmV0
                -----END RSA PRIVATE KEY-----
                """)).hasMessageContaining("takes a password");
    }
}
