/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.tls;

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
 * A file of PEM objects (RFC 7468). Text around them is a comment. Failures name file and line and quote nothing: what is wrong may
 * be a key.
 *
 * @param path where it is
 * @param blocks what it holds, in its order
 */
record PemFile(Path path, List<PemBlock> blocks) {
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    PemFile {
        blocks = List.copyOf(blocks);
    }

    /**
     * Reads a file.
     *
     * @throws FileException if it cannot be read
     * @throws InvalidInputException if an object in it is damaged
     */
    static PemFile read(Path path) {
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
        return new Reader(path).read(text);
    }

    /**
     * The certificates in it, one at least.
     *
     * @throws InvalidInputException if there is none, or one cannot be read
     */
    List<X509Certificate> certificates() {
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
    List<X509Certificate> readableCertificates() {
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
        return invalid(path, line, what, cause);
    }

    private static InvalidInputException invalid(Path path, int line, String what, @Nullable Throwable cause) {
        return new InvalidInputException(
                ErrorCode.INVALID_CONFIGURATION,
                path + ", line " + line + ": " + what,
                "The file has to be in PEM form: Base64 between lines such as -----BEGIN CERTIFICATE-----.",
                cause);
    }

    @Override
    public String toString() {
        return path + " " + blocks;
    }

    /** Takes a text apart. */
    private static final class Reader {
        private final Path path;
        private final List<PemBlock> blocks = new ArrayList<>();
        private @Nullable String type;
        private StringBuilder body = new StringBuilder();
        private int start;
        private boolean encrypted;

        Reader(Path path) {
            this.path = path;
        }

        PemFile read(String text) {
            int number = 0;
            for (String line : text.split("\r\n|\r|\n", -1)) {
                take(++number, line.strip());
            }
            if (type != null) {
                throw invalid(path, start, "what begins here has no end: the file may be cut off", null);
            }
            return new PemFile(path, blocks);
        }

        private void take(int number, String line) {
            if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                if (type != null) {
                    throw invalid(path, number, "this begins before the end of what began in line " + start, null);
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
                throw invalid(path, number, "this ends what has not begun", null);
            }
            try {
                blocks.add(new PemBlock(begun, Base64.getDecoder().decode(body.toString()), start, encrypted));
            } catch (IllegalArgumentException notBase64) {
                // Without its cause, which quotes a character of what may be a key.
                throw invalid(path, start, "what begins here is not Base64", null);
            }
            type = null;
        }
    }
}
