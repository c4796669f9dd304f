/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.contestant;

import io.github.cnab4j.benchmarks.measure.Finished;
import io.github.cnab4j.benchmarks.measure.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds who takes part: finds the programs, and knows their command lines. */
public final class FieldFinder {
    private final Path command;
    private final Path floor;
    private final List<Path> places;
    private final int width;
    private final Program program;
    private final List<Contestant> found = new ArrayList<>();
    private final Map<String, String> absences = new LinkedHashMap<>();

    /**
     * A search.
     *
     * @param command the packaged command
     * @param floor the floor program
     * @param peers a directory of peers, looked into before the search path
     * @param width the floor's requests at a time
     */
    public FieldFinder(Path command, Path floor, Optional<Path> peers, int width, Program program) {
        this.command = command;
        this.floor = floor;
        this.width = width;
        this.program = program;
        this.places = new ArrayList<>(peers.stream().toList());
        for (String place : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            places.add(Path.of(place));
        }
    }

    /** Everybody who is there. */
    public Field find() throws IOException, InterruptedException {
        if (Files.isExecutable(floor)) {
            add(Contestant.FLOOR, Contestant.Kind.FLOOR, "", this::floor);
        } else {
            absences.put(Contestant.FLOOR, "not built: there is no Go");
        }
        String version = firstLine(List.of(command.toString(), "version"));
        add(Contestant.PUSH, Contestant.Kind.OURS, version, this::push);
        if (program.run(List.of(command.toString(), "copy", "--help"), Map.of()).exit() == 0) {
            add(Contestant.COPY, Contestant.Kind.OURS, version, this::copy);
        } else {
            absences.put(Contestant.COPY, "the command has no copy");
        }
        peer("crane", "crane", List.of("version"), FieldFinder::crane);
        peer("oras 3", "oras", List.of("version"), path -> work -> oras(path, 3, work));
        peer("oras 32", "oras", List.of("version"), path -> work -> oras(path, 32, work));
        peer("regctl", "regctl", List.of("version"), FieldFinder::regctl);
        peer("skopeo", "skopeo", List.of("--version"), FieldFinder::skopeo);
        return new Field(found, archivers(version), verifiers(version), absences);
    }

    private List<Contestant> archivers(String version) {
        List<Contestant> archivers = new ArrayList<>();
        archivers.add(new Contestant(
                Contestant.ARCHIVE,
                Contestant.Kind.OURS,
                work -> List.of(command.toString(), "archive", work.from(), work.repository()),
                Map.of(),
                version));
        archivers.add(new Contestant(
                Contestant.TAR,
                Contestant.Kind.PEER,
                work -> List.of("sh", "-c", "tar cf - -C \"$0\" . | gzip > \"$1\"", work.target(), work.repository()),
                Map.of(),
                ""));
        found.stream()
                .filter(contestant -> contestant.name().equals("skopeo"))
                .findFirst()
                .ifPresent(skopeo -> archivers.add(new Contestant(
                        Contestant.SKOPEO_ARCHIVE,
                        Contestant.Kind.PEER,
                        work -> skopeoArchive(skopeo.command().apply(work).get(0), work),
                        Map.of(),
                        skopeo.version())));
        return archivers;
    }

    private List<Contestant> verifiers(String version) {
        return List.of(
                new Contestant(
                        Contestant.VERIFY,
                        Contestant.Kind.OURS,
                        work -> List.of(command.toString(), "verify", "oci:" + work.target()),
                        Map.of(),
                        version),
                new Contestant(
                        Contestant.SHA256SUM,
                        Contestant.Kind.PEER,
                        work -> List.of(
                                "sh",
                                "-c",
                                "find \"$0\"/blobs -type f -print0 | xargs -0 -n 1 -P \"$(nproc)\" sha256sum > \"$1\"",
                                work.target(),
                                work.repository()),
                        Map.of(),
                        ""));
    }

    private static List<String> skopeoArchive(String path, Assignment work) {
        return List.of(
                path,
                "--insecure-policy",
                "copy",
                "--all",
                "--quiet",
                "--src-tls-verify=false",
                "docker://" + work.from(),
                "oci-archive:" + work.repository() + ":" + Assignment.TAG);
    }

    private void peer(
            String name,
            String executable,
            List<String> versionArguments,
            Function<String, Function<Assignment, List<String>>> commandOf)
            throws IOException, InterruptedException {
        Optional<Path> path = places.stream()
                .map(place -> place.resolve(executable).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
        if (path.isEmpty()) {
            absences.put(name, executable + " is not installed");
            return;
        }
        List<String> asking = new ArrayList<>(List.of(path.get().toString()));
        asking.addAll(versionArguments);
        add(
                name,
                Contestant.Kind.PEER,
                firstLine(asking),
                commandOf.apply(path.get().toString()));
    }

    private void add(
            String name, Contestant.Kind kind, String version, Function<Assignment, List<String>> commandLine) {
        found.add(new Contestant(name, kind, commandLine, Map.of(), version));
    }

    private String firstLine(List<String> asking) throws IOException, InterruptedException {
        Finished answer = program.run(asking, Map.of());
        return answer.output()
                .lines()
                .map(String::strip)
                .filter(line -> line.matches(".*\\d.*"))
                .findFirst()
                .orElse("");
    }

    private List<String> floor(Assignment work) {
        return List.of(
                floor.toString(),
                "-target",
                work.target(),
                "-repository",
                work.repository(),
                "-width",
                Integer.toString(width),
                work.bundle().toString());
    }

    private List<String> push(Assignment work) {
        return List.of(command.toString(), "push", work.bundle().toString(), "--target", work.to());
    }

    private List<String> copy(Assignment work) {
        return List.of(command.toString(), "copy", work.from(), work.to());
    }

    private static Function<Assignment, List<String>> crane(String path) {
        return work -> List.of(path, "cp", "--insecure", work.from(), work.to());
    }

    private static List<String> oras(String path, int concurrency, Assignment work) {
        return List.of(
                path,
                "cp",
                "-r",
                "--no-tty",
                "--concurrency",
                Integer.toString(concurrency),
                "--from-plain-http",
                "--to-plain-http",
                work.from(),
                work.to());
    }

    private static Function<Assignment, List<String>> regctl(String path) {
        return work -> List.of(
                path,
                "--host",
                "reg=" + work.source() + ",tls=disabled",
                "--host",
                "reg=" + work.target() + ",tls=disabled",
                "image",
                "copy",
                work.from(),
                work.to());
    }

    private static Function<Assignment, List<String>> skopeo(String path) {
        return work -> List.of(
                path,
                "--insecure-policy",
                "copy",
                "--all",
                "--quiet",
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "docker://" + work.from(),
                "docker://" + work.to());
    }
}
