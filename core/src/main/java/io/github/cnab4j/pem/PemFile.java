/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.pem;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text of PEM objects (RFC 7468), mostly a file. What stands around them is a comment. Failures name file and line and quote nothing:
 * what is wrong may be a key.
 *
 * @param name what it is called in failures, for a file its path
 * @param code the code of failures
 * @param blocks what it holds, in its order
 */
public record PemFile(String name, ErrorCode code, List<PemBlock> blocks) {
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** Copies the list. */
    public PemFile {
        blocks = List.copyOf(blocks);
    }

    /**
     * Reads a file of certificates and keys that a user has named to configure something.
     *
     * @throws FileException if it cannot be read
     * @throws InvalidInputException ({@link ErrorCode#INVALID_CONFIGURATION}) if an object in it is damaged, ({@link
     *     ErrorCode#LIMIT_EXCEEDED}) if it has more than 16 MiB
     */
    public static PemFile read(Path path) {
        String text;
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new InvalidInputException(
                        ErrorCode.LIMIT_EXCEEDED, path + " has more than " + LARGEST / (1024 * 1024) + " MiB");
            }
            text = new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException absent) {
            throw new FileException(path + " cannot be read: no such file", null, absent);
        } catch (IOException unreadable) {
            boolean directory = Files.isDirectory(path);
            throw new FileException(
                    path + " cannot be read" + (directory ? ": it is a directory" : ": permission or disk"),
                    null,
                    unreadable);
        }
        return parse(path.toString(), ErrorCode.INVALID_CONFIGURATION, text);
    }

    /**
     * Takes a text apart.
     *
     * @param name what it is called in failures
     * @param code the code of failures
     * @throws InvalidInputException if an object in it is damaged
     */
    public static PemFile parse(String name, ErrorCode code, String text) {
        return new Reader(name, code).read(text);
    }

    /**
     * The first object in it, of whatever type.
     *
     * @throws InvalidInputException if there is none
     */
    public PemBlock first() {
        if (blocks.isEmpty()) {
            throw invalid(1, "there is nothing in PEM form here", null);
        }
        return blocks.get(0);
    }

    /**
     * The certificates in it, one at least.
     *
     * @throws InvalidInputException if there is none, or one cannot be read
     */
    public List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (block.isCertificate()) {
                try {
                    certificates.add(certificate(block));
                } catch (CertificateException damaged) {
                    throw invalid(block.line(), "the certificate that begins here is damaged", damaged);
                }
            }
        }
        if (certificates.isEmpty()) {
            throw invalid(1, "there is no certificate in this file", null);
        }
        return certificates;
    }

    /** The certificates in it that can be read. */
    public List<X509Certificate> readableCertificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (block.isCertificate()) {
                try {
                    certificates.add(certificate(block));
                } catch (CertificateException damaged) {
                    // A bundle of the system is used without what is wrong in it, as by every other program.
                }
            }
        }
        return certificates;
    }

    private static X509Certificate certificate(PemBlock block) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.content()));
    }

    /** A failure in a line of this file. */
    InvalidInputException invalid(int line, String what, @Nullable Throwable cause) {
        return invalid(name, code, line, what, cause);
    }

    private static InvalidInputException invalid(
            String name, ErrorCode code, int line, String what, @Nullable Throwable cause) {
        return new InvalidInputException(
                code,
                name + ", line " + line + ": " + what,
                "It has to be in PEM form: Base64 between lines such as -----BEGIN CERTIFICATE----- or -----BEGIN PUBLIC KEY-----.",
                cause);
    }

    @Override
    public String toString() {
        return name + " " + blocks;
    }

    /** Takes a text apart. */
    private static final class Reader {
        private final String name;
        private final ErrorCode code;
        private final List<PemBlock> blocks = new ArrayList<>();
        private @Nullable String type;
        private StringBuilder body = new StringBuilder();
        private int start;
        private boolean encrypted;

        Reader(String name, ErrorCode code) {
            this.name = name;
            this.code = code;
        }

        PemFile read(String text) {
            int number = 0;
            for (String line : text.split("\r\n|\r|\n", -1)) {
                take(++number, line.strip());
            }
            if (type != null) {
                throw invalid(start, "what begins here has no end: the file may be cut off", null);
            }
            return new PemFile(name, code, blocks);
        }

        private InvalidInputException invalid(int line, String what, @Nullable Throwable cause) {
            return PemFile.invalid(name, code, line, what, cause);
        }

        private void take(int number, String line) {
            if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                if (type != null) {
                    throw invalid(number, "this begins before the end of what began in line " + start, null);
                }
                type = line.substring(BEGIN.length(), line.length() - DASHES.length());
                body = new StringBuilder();
                start = number;
                encrypted = false;
            } else if (line.startsWith(END)) {
                end(number, line);
            } else if (type != null) {
                if (line.indexOf(':') >= 0) {
                    encrypted |= line.startsWith("Proc-Type:") && line.contains("ENCRYPTED");
                } else if (!encrypted || !line.isEmpty()) {
                    body.append(line);
                }
            }
        }

        private void end(int number, String line) {
            String begun = type;
            if (begun == null || !line.equals(END + begun + DASHES)) {
                throw invalid(number, "this ends what has not begun", null);
            }
            try {
                blocks.add(new PemBlock(begun, Base64.getDecoder().decode(body.toString()), start, encrypted));
            } catch (IllegalArgumentException notBase64) {
                // Without its cause, which quotes a character of what may be a key.
                throw invalid(start, "what begins here is not Base64", null);
            }
            type = null;
        }
    }
}
