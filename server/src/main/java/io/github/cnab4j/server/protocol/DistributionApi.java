/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.storage.RegistryStorage;
import io.github.cnab4j.server.storage.UploadBusyException;
import io.github.cnab4j.server.storage.UploadEndedException;
import io.github.cnab4j.server.storage.UploadOffsetException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The distribution API over a storage. Thread-safe. */
public final class DistributionApi implements Handler {
    private static final Map<Endpoint, Map<String, EndpointHandler>> HANDLERS = handlers();

    private final RegistryStorage storage;
    private final ApiOptions options;

    /** Serves this storage. */
    public DistributionApi(RegistryStorage storage, ApiOptions options) {
        this.storage = storage;
        this.options = options;
    }

    private static Map<Endpoint, Map<String, EndpointHandler>> handlers() {
        Map<Endpoint, Map<String, EndpointHandler>> all = new EnumMap<>(Endpoint.class);
        all.put(Endpoint.PING, reading(new Ping()));
        all.put(Endpoint.CATALOG, reading(new Catalog()));
        all.put(Endpoint.TAGS, reading(new TagList()));
        all.put(Endpoint.REFERRERS, reading(new Referrers()));
        all.put(Endpoint.MANIFEST, reading(new ManifestGet()));
        all.get(Endpoint.MANIFEST).put("PUT", new ManifestPut());
        all.get(Endpoint.MANIFEST).put("DELETE", new ManifestDelete());
        all.put(Endpoint.BLOB, reading(new BlobGet()));
        all.get(Endpoint.BLOB).put("DELETE", new BlobDelete());
        all.put(Endpoint.UPLOADS, new TreeMap<>(Map.of("POST", new UploadStart())));
        all.put(
                Endpoint.UPLOAD,
                new TreeMap<>(Map.of(
                        "GET", new UploadStatus(),
                        "PATCH", new UploadChunk(),
                        "PUT", new UploadFinish(),
                        "DELETE", new UploadCancel())));
        return all;
    }

    private static Map<String, EndpointHandler> reading(EndpointHandler handler) {
        return new TreeMap<>(Map.of("GET", handler, "HEAD", handler));
    }

    @Override
    public Response handle(Request request) throws IOException {
        Response response;
        try {
            response = dispatch(request);
        } catch (ApiException e) {
            response = error(e);
        } catch (UploadOffsetException e) {
            response = error(new ApiException(416, ErrorCode.BLOB_UPLOAD_INVALID, text(e)));
        } catch (UploadBusyException e) {
            response = error(new ApiException(409, ErrorCode.BLOB_UPLOAD_INVALID, text(e)));
        } catch (UploadEndedException e) {
            response = error(new ApiException(404, ErrorCode.BLOB_UPLOAD_UNKNOWN, text(e)));
        }
        return response.with("Docker-Distribution-Api-Version", "registry/2.0");
    }

    private Response dispatch(Request request) throws IOException {
        Optional<Route> route = Route.parse(request.path());
        if (route.isEmpty()) {
            throw new ApiException(404, ErrorCode.UNSUPPORTED, "no such endpoint");
        }
        Map<String, EndpointHandler> methods = HANDLERS.getOrDefault(route.get().endpoint(), Map.of());
        EndpointHandler handler = methods.get(request.method());
        if (handler == null) {
            ApiException refusal = new ApiException(405, ErrorCode.UNSUPPORTED, "no such method here");
            return error(refusal).with("Allow", String.join(", ", methods.keySet()));
        }
        return handler.handle(new Call(request, route.get(), storage, options));
    }

    private static Response error(ApiException e) {
        Response response = JsonReplies.error(e.status(), e.code().name(), text(e));
        for (var field : e.headers()) {
            response = response.with(field.name(), field.value());
        }
        return response;
    }

    private static String text(Exception e) {
        String message = e.getMessage();
        return message == null ? "" : message;
    }
}
