/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.docker;

import io.github.cnab4j.error.TransportException;
import io.github.cnab4j.store.CallScope;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From calls to exchanges with the one engine: it is found, and asked for its version, when the first call is made. Safe for use by
 * several threads.
 */
final class EngineConnection implements AutoCloseable {
    private static final Duration PING = Duration.ofSeconds(30);

    private final Supplier<EngineEndpoint> finder;
    private @Nullable Open open;
    private boolean closed;

    private record Open(EngineEndpoint endpoint, EngineHttp http, ApiVersion version) {}

    /** What a call makes of an answer. */
    interface Answer<T> {
        T read(EngineReply reply) throws IOException;
    }

    EngineConnection(Supplier<EngineEndpoint> finder) {
        this.finder = finder;
    }

    /** Calls, reads the answer and closes it. */
    <T> T call(
            CallScope scope,
            String method,
            String target,
            Map<String, String> headers,
            Duration patience,
            Answer<T> answer) {
        try (EngineReply reply = open(scope, method, target, headers, patience)) {
            return answer.read(reply);
        } catch (IOException broken) {
            throw failure(method + " " + target.substring(1), broken);
        }
    }

    /** Calls; the answer must be closed. */
    EngineReply open(CallScope scope, String method, String target, Map<String, String> headers, Duration patience) {
        Open engine = engine(scope);
        try {
            return engine.http().execute(scope, method, "/" + engine.version() + target, headers, patience);
        } catch (IOException broken) {
            throw EngineFailures.unreachable(engine.endpoint(), method + " " + target.substring(1), broken);
        }
    }

    private synchronized Open engine(CallScope scope) {
        if (closed) {
            throw new IllegalStateException("the engine was closed");
        }
        if (open == null) {
            EngineEndpoint endpoint = finder.get();
            EngineTls tls = endpoint.tls();
            EngineHttp http = new EngineHttp(endpoint, tls == null ? null : tls.context());
            boolean answers = false;
            try (EngineReply reply = http.execute(scope, "HEAD", "/_ping", Map.of(), PING)) {
                open = new Open(endpoint, http, ApiVersion.common(reply.apiVersion()));
                answers = true;
            } catch (IOException broken) {
                throw EngineFailures.unreachable(endpoint, "HEAD _ping", broken);
            } finally {
                if (!answers) {
                    http.close();
                }
            }
        }
        return open;
    }

    /** The failure of an exchange. */
    TransportException failure(String request, IOException broken) {
        return EngineFailures.unreachable(endpoint(), request, broken);
    }

    TransportException nonsense(String request, String what) {
        return EngineFailures.nonsense(endpoint(), request, what);
    }

    private synchronized EngineEndpoint endpoint() {
        return open == null ? finder.get() : open.endpoint();
    }

    /** The body of an answer; it fails with the library's exceptions. */
    InputStream guarded(String request, EngineReply reply) {
        return new FilterInputStream(reply.body()) {
            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                try {
                    return in.read(buffer, offset, length);
                } catch (IOException broken) {
                    throw failure(request, broken);
                }
            }

            @Override
            public void close() {
                reply.close();
            }
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (open != null) {
            open.http().close();
        }
    }
}
