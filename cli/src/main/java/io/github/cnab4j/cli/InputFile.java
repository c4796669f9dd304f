/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FileException;
import io.github.cnab4j.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/** A file that the user names, read within limits. */
final class InputFile {
    private InputFile() {}

    /**
     * Reads a file and parses it; failures name the file.
     *
     * @param limit most bytes
     * @throws FileException if it cannot be read
     * @throws InvalidInputException if it is too large, or the parser refuses it
     */
    static <T> T parse(Context context, String path, int limit, Function<byte[], T> parser) {
        byte[] content = read(context, path, limit);
        try {
            return parser.apply(content);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    e.code(), path + ": " + e.getMessage(), e.hint().orElse(null), e);
        }
    }

    private static byte[] read(Context context, String path, int limit) {
        Path file = resolve(context, path);
        if (Files.isDirectory(file)) {
            throw new FileException(path + " cannot be read: it is a directory", null, null);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(limit);
            if (in.read() >= 0) {
                throw new InvalidInputException(
                        ErrorCode.LIMIT_EXCEEDED, path + " has more than " + limit / (1024 * 1024) + " MiB");
            }
            return content;
        } catch (IOException e) {
            throw new FileException(path + " cannot be read: " + Reason.of(e), null, e);
        }
    }

    /**
     * The file of this name.
     *
     * @throws FileException if the operating system can have no such name
     */
    static Path resolve(Context context, String path) {
        try {
            return context.directory().resolve(path).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new FileException(path + " is no name of a file: " + e.getReason(), null, e);
        }
    }
}
