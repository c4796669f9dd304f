/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cnab4j.error.AccessDeniedException;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.reference.Repository;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.store.CallScope;
import io.github.cnab4j.store.PushHints;
import io.github.cnab4j.store.PushOutcome;
import io.github.cnab4j.store.StoreId;
import io.github.cnab4j.store.TestContent;
import io.github.cnab4j.store.Verified;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import java.util.List;
import java.util.Set;

/** The requests of the API, each with work that needs one of it and a look at what came of it. */
enum FaultedEndpoint {
    MANIFEST_HEAD("HEAD", Kind.MANIFEST) {
        @Override
        String work(RegistryStore store) {
            Descriptor found = store.resolve(SCOPE, "1.0");
            assertThat(Verified.readAll(SCOPE, store, found, 1 << 20)).isEqualTo(MANIFEST.bytes());
            return "ok";
        }
    },
    MANIFEST_GET("GET", Kind.MANIFEST) {
        @Override
        String work(RegistryStore store) {
            assertThat(store.resolveAndRead(SCOPE, "1.0", 1 << 20).content()).isEqualTo(MANIFEST.bytes());
            return "ok";
        }
    },
    MANIFEST_PUT("PUT", Kind.MANIFEST) {
        @Override
        String work(RegistryStore store) {
            push(store, MANIFEST, PushHints.NONE.withTags(List.of("2.0")));
            return "ok";
        }

        @Override
        boolean done(TestRegistry registry) {
            return registry.repository(NAME).hasManifest("2.0");
        }
    },
    BLOB_HEAD("HEAD", Kind.BLOB) {
        @Override
        String work(RegistryStore store) {
            return store.exists(SCOPE, CONFIG.descriptor()) ? "ok" : "absent";
        }
    },
    BLOB_GET("GET", Kind.BLOB) {
        @Override
        String work(RegistryStore store) {
            assertThat(Verified.readAll(SCOPE, store, CONFIG.descriptor(), 1 << 20))
                    .isEqualTo(CONFIG.bytes());
            return "ok";
        }
    },
    MOUNT("POST", Kind.UPLOAD) {
        @Override
        String work(RegistryStore store) {
            push(store, OTHER, missing(new StoreId("registry", store.id().host(), OTHER_NAME)));
            return "ok";
        }

        @Override
        boolean done(TestRegistry registry) {
            return registry.repository(NAME).hasBlob(OTHER.descriptor().digest().toString());
        }
    },
    UPLOAD_POST("POST", Kind.UPLOAD) {
        @Override
        String work(RegistryStore store) {
            push(store, NEW, missing());
            return "ok";
        }

        @Override
        boolean done(TestRegistry registry) {
            return hasNew(registry);
        }
    },
    WHOLE_POST("POST", Kind.UPLOAD) {
        @Override
        String work(RegistryStore store) {
            push(store, SMALL, missing());
            return "ok";
        }

        @Override
        boolean done(TestRegistry registry) {
            return registry.repository(NAME).hasBlob(SMALL.descriptor().digest().toString());
        }
    },
    UPLOAD_PATCH("PATCH", Kind.UPLOAD) {
        @Override
        String work(RegistryStore store) {
            push(store, NEW, missing());
            return "ok";
        }

        @Override
        boolean done(TestRegistry registry) {
            return hasNew(registry);
        }
    },
    UPLOAD_PUT("PUT", Kind.UPLOAD) {
        @Override
        String work(RegistryStore store) {
            push(store, NEW, missing());
            return "ok";
        }

        @Override
        boolean done(TestRegistry registry) {
            return hasNew(registry);
        }
    },
    UPLOAD_STATUS("GET", Kind.UPLOAD) {
        @Override
        void prepare(TestRegistry registry, boolean tokens) {
            registry.inject(UPLOAD_PUT.pattern(), Occurrence.first(1), Fault.resetAfterRequestBytes(100_000));
        }

        @Override
        String work(RegistryStore store) {
            push(store, NEW, missing());
            return "ok";
        }

        @Override
        boolean done(TestRegistry registry) {
            return hasNew(registry);
        }
    },
    UPLOAD_CANCEL("DELETE", Kind.UPLOAD) {
        @Override
        void prepare(TestRegistry registry, boolean tokens) {
            registry.inject(UPLOAD_PUT.pattern(), Fault.status(403, ErrorCode.DENIED, "the quota is used up"));
        }

        @Override
        String work(RegistryStore store) {
            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> push(store, NEW, missing()))
                    .withMessageContaining("the quota is used up");
            return "ok";
        }
    },
    BLOB_RANGE("GET", Kind.BLOB) {
        @Override
        void prepare(TestRegistry registry, boolean tokens) {
            // The first request of all is challenged where tokens are wanted.
            registry.inject(BLOB_GET.pattern(), Occurrence.nth(tokens ? 2 : 1), Fault.truncate(100_000));
        }

        @Override
        String work(RegistryStore store) {
            assertThat(Verified.readAll(SCOPE, store, LARGE.descriptor(), 1 << 20))
                    .isEqualTo(LARGE.bytes());
            return "ok";
        }

        @Override
        RequestPattern pattern() {
            return super.pattern().and(request -> request.headers().contains("Range"));
        }

        @Override
        int seen(TestRegistry registry) {
            return registry.log()
                    .count(request ->
                            request.kind() == Kind.BLOB && request.headers().contains("Range"));
        }
    },
    PING("GET", Kind.PING) {
        @Override
        String work(RegistryStore store) {
            assertThat(store.tags(SCOPE)).containsExactly("1.0");
            return "ok";
        }

        @Override
        RegistryStore store(RegistryClient.Builder client, TestRegistry registry) {
            return super.store(client.insecureHosts(Set.of(registry.host())), registry);
        }
    },
    TAGS("GET", Kind.TAGS) {
        @Override
        String work(RegistryStore store) {
            assertThat(store.tags(SCOPE)).containsExactly("1.0");
            return "ok";
        }
    },
    TOKEN("GET", Kind.TOKEN) {
        @Override
        String work(RegistryStore store) {
            assertThat(store.tags(SCOPE)).containsExactly("1.0");
            return "ok";
        }
    };

    private static final String NAME = "app";
    private static final String OTHER_NAME = "other";
    private static final CallScope SCOPE = CallScope.unbounded();
    private static final TestContent CONFIG = TestContent.config();
    private static final TestContent LAYER = TestContent.random(1, 1000);
    private static final TestContent MANIFEST = TestContent.manifest(LAYER);
    private static final TestContent OTHER = TestContent.random(2, 200_000);
    private static final TestContent NEW = TestContent.random(3, 200_000);
    private static final TestContent SMALL = TestContent.random(4, 1000);
    private static final TestContent LARGE = TestContent.random(5, 300_000);

    private final String method;
    private final Kind kind;

    FaultedEndpoint(String method, Kind kind) {
        this.method = method;
        this.kind = kind;
    }

    /**
     * Brings about what the request is an answer to.
     *
     * @param tokens whether the registry wants tokens
     */
    void prepare(TestRegistry registry, boolean tokens) {}

    /** Does what needs the request and fails if the result is not right; gives "ok", or what it takes the answer for. */
    abstract String work(RegistryStore store);

    /** Whether the registry has what was to be pushed. */
    boolean done(TestRegistry registry) {
        return true;
    }

    RequestPattern pattern() {
        return RequestPattern.of(method, kind);
    }

    /** How many such requests the registry has seen. */
    int seen(TestRegistry registry) {
        return registry.log().count(method, kind);
    }

    RegistryStore store(RegistryClient.Builder client, TestRegistry registry) {
        if (this == UPLOAD_PATCH) {
            client.chunkSize(150_000);
        }
        return client.build().target(new Repository(registry.host(), NAME));
    }

    static void fill(TestRegistry registry) {
        registry.repository(NAME).putBlob(LAYER.bytes());
        registry.repository(NAME).putBlob(CONFIG.bytes());
        registry.repository(NAME).putManifest(MANIFEST.descriptor().mediaType().value(), MANIFEST.bytes(), "1.0");
        registry.repository(NAME).putBlob(LARGE.bytes());
        registry.repository(OTHER_NAME).putBlob(OTHER.bytes());
    }

    private static boolean hasNew(TestRegistry registry) {
        return registry.repository(NAME).hasBlob(NEW.descriptor().digest().toString());
    }

    private static PushHints missing(StoreId... mountFrom) {
        return new PushHints(List.of(mountFrom), List.of(), true, sent -> {});
    }

    private static void push(RegistryStore store, TestContent content, PushHints hints) {
        assertThat(store.push(SCOPE, content.descriptor(), content.source(), hints))
                .isIn(PushOutcome.UPLOADED, PushOutcome.MOUNTED);
    }
}
