/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks;

import io.github.cnab4j.benchmarks.registry.RegistryServer;
import io.github.cnab4j.benchmarks.relay.Link;
import io.github.cnab4j.benchmarks.relay.RelayProcess;
import io.github.cnab4j.benchmarks.result.Requests;
import java.io.IOException;
import java.util.TreeMap;

/** Where a contestant works: the source registry, and the ways to it and to a target. */
interface Site extends AutoCloseable {
    /** Host and port of the source as the contestant sees it. */
    String source();

    /** Host and port of a target as the contestant sees it; begins to count requests. */
    String target(RegistryServer target) throws IOException;

    /** What was sent since {@link #target}. */
    Requests requests() throws IOException;

    @Override
    void close() throws IOException;

    /** No way at all: nothing is counted. */
    static Site direct(RegistryServer source) {
        return new Site() {
            @Override
            public String source() {
                return source.host();
            }

            @Override
            public String target(RegistryServer target) {
                return target.host();
            }

            @Override
            public Requests requests() {
                return Requests.NONE;
            }

            @Override
            public void close() {}
        };
    }

    /** A relay before each registry. */
    static Site relayed(RegistryServer source, RelayProcess relay, Link link) throws IOException {
        RelayProcess.Port sourcePort = relay.listen(source.port(), link);
        RelayProcess.Port targetPort = relay.listen(source.port(), link);
        return new Site() {
            private boolean same;

            @Override
            public String source() {
                return sourcePort.host();
            }

            @Override
            public String target(RegistryServer target) throws IOException {
                same = target.port() == source.port();
                sourcePort.point(source.port());
                targetPort.point(target.port());
                return same ? sourcePort.host() : targetPort.host();
            }

            @Override
            public Requests requests() throws IOException {
                return new Requests(sourcePort.counts(), same ? new TreeMap<>() : targetPort.counts());
            }

            @Override
            public void close() throws IOException {
                sourcePort.close();
                targetPort.close();
            }
        };
    }
}
