/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.cnab4j.testkit.TestRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official conformance suite finds nothing to say about the registry. */
class ConformanceIT {
    private static final String SPARSE = "OCI Conformance Test/sparse";

    @TempDir
    private Path results;

    private static ConformanceSuite suite() {
        return ConformanceSuite.installed().orElseGet(() -> {
            String missing = "the conformance suite is not installed (go install"
                    + " github.com/opencontainers/distribution-spec/conformance@" + ConformanceSuite.VERSION + ")";
            return "1".equals(System.getenv("CNAB4J_REAL")) ? fail(missing) : abort(missing);
        });
    }

    private ConformanceReport run(TestRegistry registry, Map<String, String> settings) throws IOException {
        return suite().run(registry.host(), settings, results);
    }

    @Test
    void everyRow_ofEveryVersion_passes() throws Exception {
        try (TestRegistry registry =
                TestRegistry.builder().api(api -> api.withCheckChildren(false)).start()) {
            ConformanceReport report = run(registry, Map.of("OCI_VERSION", "dev", "OCI_DATA_SPARSE", "true"));

            assertThat(report.exitCode()).as(report.output()).isZero();
            assertThat(report.rows()).hasSizeGreaterThan(ConformanceReport.WHOLE);
            assertThat(report.rows())
                    .allSatisfy(row -> assertThat(row.outcome()).as(row.name()).isEqualTo(Outcome.PASS));
            assertThat(report.names(Outcome.PASS)).contains(SPARSE);
        }
    }

    @Test
    void whereChildrenAreChecked_onlyManifestsWithoutTheirChildrenAreRefused() throws Exception {
        try (TestRegistry registry = TestRegistry.start()) {
            ConformanceReport report = run(registry, Map.of("OCI_VERSION", "dev", "OCI_DATA_SPARSE", "true"));

            assertThat(report.rows()).hasSizeGreaterThan(ConformanceReport.WHOLE);
            assertThat(report.names(Outcome.FAIL))
                    .allSatisfy(name -> assertThat(name + "/").matches("OCI Conformance Test/(sparse/.*)?"));
            assertThat(report.names(Outcome.FAIL)).contains(SPARSE);
            assertThat(report.names(Outcome.SKIP)).isEmpty();
            assertThat(report.names(Outcome.ERROR)).isEmpty();
        }
    }
}
