/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.json.GoJson;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonLimits;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;

/**
 * One file of golden vectors: the project's own copy, or the file of that name in the directory that {@code -Dcnab4j.vectors}
 * names (relative to the project's root); a file that is absent there is skipped.
 */
public final class Vectors {
    private static final String DIRECTORY = "cnab4j.vectors";
    private static final String ROOT = "cnab4j.root";

    private final JsonObject document;
    private final List<JsonObject> cases;
    private final boolean ownCopy;

    private Vectors(JsonObject document, List<JsonObject> cases, boolean ownCopy) {
        this.document = document;
        this.cases = cases;
        this.ownCopy = ownCopy;
    }

    /** The vectors in {@code file}, such as {@code canonical.json}. */
    public static Vectors load(String file) {
        String directory = System.getProperty(DIRECTORY, "");
        if (directory.isEmpty()) {
            return of(resource(file), true);
        }
        Path path = Path.of(System.getProperty(ROOT, "")).resolve(directory).resolve(file);
        assertThat(path.toAbsolutePath().getParent())
                .as("the directory named by -D" + DIRECTORY)
                .isDirectory();
        Assumptions.assumeTrue(Files.exists(path), () -> path + " is absent");
        return of(bytes(path), false);
    }

    /** These vectors without the cases for which {@code keep} does not hold. */
    public Vectors where(java.util.function.Predicate<JsonObject> keep) {
        return new Vectors(document, cases.stream().filter(keep).toList(), ownCopy);
    }

    /**
     * On the project's own copy, one case more: a variant of a case, of which the Go tool's result is known without running it.
     * For a difference that no case of the file shows.
     *
     * @param id which case
     * @param variant makes the variant, its result included
     */
    public Vectors plus(String id, UnaryOperator<JsonObject> variant) {
        if (!ownCopy) {
            return this;
        }
        JsonObject original =
                cases.stream().filter(c -> name(c).equals(id)).findFirst().orElseThrow();
        List<JsonObject> more = new ArrayList<>(cases);
        more.add(variant.apply(original));
        return new Vectors(document, more, true);
    }

    /** The whole file. */
    public JsonObject document() {
        return document;
    }

    /** All cases. */
    public List<JsonObject> cases() {
        return cases;
    }

    /**
     * One test for each case: the library's result is the Go tool's, changed by those differences whose predicate holds, in
     * their order. Run on the project's own copy, one test more for each difference: it has to change some case.
     *
     * @param goTool reads the Go tool's result from a case
     * @param library runs the library on a case; a {@link CnabException} is {@link Result#failed()}
     */
    public Stream<DynamicNode> check(
            List<Difference> differences, Function<JsonObject, Result> goTool, Function<JsonObject, Result> library) {
        List<DynamicNode> tests = new ArrayList<>();
        for (JsonObject vectorCase : cases) {
            tests.add(dynamicTest(name(vectorCase), () -> {
                Result expected = goTool.apply(vectorCase);
                for (Difference difference : differences) {
                    expected = difference.apply(vectorCase, expected);
                }
                assertThat(run(library, vectorCase))
                        .as(
                                "%s: %s",
                                vectorCase.string("id").orElse(""),
                                vectorCase.string("why").orElse(""))
                        .isEqualTo(expected);
            }));
        }
        if (ownCopy) {
            for (Difference difference : differences) {
                tests.add(dynamicTest(
                        "still differs: " + difference.what(),
                        () -> assertThat(cases.stream().anyMatch(c -> changes(difference, differences, c, goTool)))
                                .as("a case that this difference changes: " + difference.what())
                                .isTrue()));
            }
        }
        return tests.stream();
    }

    /**
     * Compares the library with a model on cases that nobody wrote: altered ones of the project's own copy.
     *
     * @param rounds how many
     * @param alter alters a case
     */
    public void compareAltered(
            int rounds,
            Random random,
            BiFunction<JsonObject, Random, JsonObject> alter,
            Function<JsonObject, Result> model,
            Function<JsonObject, Result> library) {
        Assumptions.assumeTrue(ownCopy, "cases of another directory are run as they are");
        int succeeded = 0;
        for (int i = 0; i < rounds; i++) {
            JsonObject altered = alter.apply(cases.get(random.nextInt(cases.size())), random);
            Result expected = run(model, altered);
            assertThat(run(library, altered))
                    .as("%s", new String(GoJson.write(altered), UTF_8))
                    .isEqualTo(expected);
            succeeded += expected.ok() ? 1 : 0;
        }
        assertThat(succeeded).as("altered cases that succeed").isBetween(1, rounds - 1);
    }

    private static boolean changes(
            Difference wanted, List<Difference> all, JsonObject vectorCase, Function<JsonObject, Result> goTool) {
        Result expected = goTool.apply(vectorCase);
        for (Difference difference : all) {
            Result next = difference.apply(vectorCase, expected);
            if (difference.equals(wanted)) {
                return !next.equals(expected);
            }
            expected = next;
        }
        return false;
    }

    private static Result run(Function<JsonObject, Result> library, JsonObject vectorCase) {
        try {
            return library.apply(vectorCase);
        } catch (CnabException refused) {
            return Result.failed();
        }
    }

    private static String name(JsonObject vectorCase) {
        return vectorCase.string("id").orElseThrow();
    }

    private static Vectors of(byte[] file, boolean ownCopy) {
        JsonObject document = JsonReader.readObject(file, JsonLimits.BUNDLE);
        JsonArray cases =
                document.array("cases").orElseThrow(() -> new IllegalStateException("a vector file without cases"));
        return new Vectors(
                document, cases.elements().stream().map(JsonObject.class::cast).toList(), ownCopy);
    }

    private static byte[] resource(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
            assertThat(in).as("test resource vectors/" + file).isNotNull();
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
