/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve;

import io.github.cnab4j.error.CnabException;
import io.github.cnab4j.serve.storage.StorageRefusal;
import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.protocol.JsonReplies;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers for a storage that does not do what it was asked: in the specification's form, and without what only concerns us. */
final class StorageFailures implements Interceptor {
    private static final System.Logger LOG = System.getLogger(StorageFailures.class.getName());
    private static final int INSUFFICIENT_STORAGE = 507;
    private static final List<String> FULL = List.of("no space left", "not enough space", "quota exceeded");

    @Override
    public Response intercept(Request request, Handler next) throws IOException {
        try {
            return next.handle(request);
        } catch (IOException failed) {
            return answer(request, failed).orElseThrow(() -> failed);
        } catch (CnabException failed) {
            return answer(request, failed).orElseGet(() -> {
                LOG.log(System.Logger.Level.ERROR, "failed to answer {0}: {1}", request, failed.getMessage());
                return JsonReplies.error(500, ErrorCode.UNKNOWN.name(), "the registry's storage failed");
            });
        }
    }

    private static Optional<Response> answer(Request request, Exception failed) {
        if (failed instanceof StorageRefusal refusal) {
            String text = refusal.getMessage();
            return Optional.of(
                    JsonReplies.error(refusal.status(), refusal.code().name(), text == null ? "" : text));
        }
        if (isFull(failed)) {
            LOG.log(System.Logger.Level.ERROR, "no space left for {0}", request);
            return Optional.of(JsonReplies.error(
                    INSUFFICIENT_STORAGE, ErrorCode.UNKNOWN.name(), "the registry has no space left"));
        }
        return Optional.empty();
    }

    /** The platform has no exception of its own for this. */
    static boolean isFull(Throwable failed) {
        for (@Nullable Throwable cause = failed; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (cause instanceof IOException && FULL.stream().anyMatch(text::contains)) {
                return true;
            }
        }
        return false;
    }
}
