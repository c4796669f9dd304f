/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.auth;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the programs of credential helpers are: in the absolute directories of a search path, never in the working directory. */
final class HelperPrograms {
    static final String PREFIX = "docker-credential-";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,100}");
    /** Windows runs what ends like this. */
    private static final String WINDOWS_SUFFIX = ".exe";

    private final List<Path> directories;

    /** The programs on a search path, as the environment variable PATH has it. */
    HelperPrograms(String searchPath) {
        this.directories = Stream.of(searchPath.split(Pattern.quote(File.pathSeparator)))
                .filter(name -> !name.isEmpty())
                .flatMap(HelperPrograms::directory)
                .filter(Path::isAbsolute)
                .toList();
    }

    /** The program of a helper; empty for a name that is none, for it comes from a file. */
    Optional<Path> find(String helper) {
        return NAME.matcher(helper).matches() ? program(PREFIX + helper) : Optional.empty();
    }

    /**
     * The helper that Docker uses where its configuration says nothing at all, if it is installed: the key chain of the system.
     *
     * @param system the operating system's name, as the property {@code os.name} has it
     */
    Optional<String> ofTheSystem(String system) {
        String helper;
        if (system.startsWith("Windows")) {
            helper = "wincred";
        } else if (system.startsWith("Mac")) {
            helper = "osxkeychain";
        } else {
            helper = program("pass").isPresent() ? "pass" : "secretservice";
        }
        return find(helper).map(program -> helper);
    }

    private Optional<Path> program(String name) {
        return directories.stream()
                .flatMap(directory -> Stream.of(directory.resolve(name), directory.resolve(name + WINDOWS_SUFFIX)))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Stream<Path> directory(String name) {
        try {
            return Stream.of(Path.of(name));
        } catch (InvalidPathException noPath) {
            return Stream.empty();
        }
    }
}
