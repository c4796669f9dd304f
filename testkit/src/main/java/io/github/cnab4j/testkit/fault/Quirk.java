/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.protocol.JsonReplies;
import io.github.cnab4j.testkit.log.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Habits of real registries that differ from the distribution specification, or are rare within it, each as a switch. What needs a
 * parameter, such as the status of a refusal, is a {@link Fault}.
 *
 * @see io.github.cnab4j.testkit.TestRegistry#with
 */
@SuppressWarnings("ImmutableEnumChecker") // patterns are immutable, and what supplies a fault has no state
public enum Quirk {
    /** The {@code Location} of an upload is relative to the request, without a slash. */
    RELATIVE_LOCATION(RequestPattern.of(Kind.UPLOAD), () -> location((request, location) -> lastSegment(location))),

    /** The {@code Location} of an upload is {@code http} and without port, as behind a proxy that ends TLS. */
    PLAIN_LOCATION(
            RequestPattern.of(Kind.UPLOAD),
            () -> location((request, location) -> "http://" + hostName(request) + location)),

    /** The {@code Location} of an upload has a query that changes with each answer, and only the newest is good. */
    CHANGING_LOCATION(RequestPattern.of(Kind.UPLOAD), () -> Fault.custom(changingLocation())),

    /** A closing PUT with a body is 404: bytes come by PATCH only. */
    BYTES_BY_PATCH_ONLY(
            RequestPattern.of("PUT", Kind.UPLOAD).and(request -> request.contentLength() > 0), () -> Fault.status(404)),

    /** Parts are refused with 400: a PATCH with a range. */
    NO_CHUNKS(
            RequestPattern.of("PATCH", Kind.UPLOAD)
                    .and(request -> request.headers().contains("Content-Range")),
            () -> Fault.status(400, ErrorCode.BLOB_UPLOAD_INVALID, "no chunks")),

    /** The parts after the first are taken, dropped, and the range of the answer stands still. */
    DROPS_LATER_CHUNKS(
            RequestPattern.of("PATCH", Kind.UPLOAD)
                    .and(request -> !request.headers()
                            .first("Content-Range")
                            .orElse("0-")
                            .startsWith("0-")),
            () -> Fault.custom((request, next) -> next.handle(status(request)).withStatus(202))),

    /** A part of more than 4 MiB is 416. */
    CHUNKS_UP_TO_4_MIB(
            RequestPattern.of("PATCH", Kind.UPLOAD)
                    .and(request -> request.headers().contains("Content-Range") && request.contentLength() > 4 << 20),
            () -> Fault.status(416)),

    /** Bodies without {@code Content-Length} are 411. */
    LENGTH_REQUIRED(
            RequestPattern.any().and(request -> request.contentLength() == Request.UNKNOWN_LENGTH),
            () -> Fault.status(411)),

    /** A blob without bytes is 500. */
    NO_EMPTY_BLOBS(
            RequestPattern.of("PUT", Kind.UPLOAD)
                    .and(request -> request.query().first("digest").orElse("").endsWith(Quirk.END_OF_EMPTY)),
            () -> Fault.status(500)),

    /** Asking for a mount without saying from where is 400. */
    MOUNT_NEEDS_FROM(
            RequestPattern.of("POST", Kind.UPLOAD)
                    .parameter("mount")
                    .and(request -> request.query().first("from").isEmpty()),
            () -> Fault.status(400)),

    /** Pushing does not make a repository: uploads begin with 404, NAME_UNKNOWN. */
    NO_CREATION(
            RequestPattern.of("POST", Kind.UPLOAD),
            () -> Fault.status(404, ErrorCode.NAME_UNKNOWN, "the repository does not exist")),

    /** A tag that is there cannot be put again, not even with what it has. */
    IMMUTABLE_TAGS(
            RequestPattern.of("PUT", Kind.MANIFEST)
                    .and(request -> !request.path().contains(":")),
            () -> Fault.custom((request, next) -> isThere(request, next)
                    ? JsonReplies.error(400, ErrorCode.TAG_INVALID.name(), "the tag exists and is immutable")
                    : next.handle(request))),

    /** Two PUTs of one manifest at a time: the second is 409. */
    NO_OVERLAPPING_PUTS(RequestPattern.of("PUT", Kind.MANIFEST), () -> Fault.custom(oneAtATime())),

    /** The {@code Range} of a request is taken no notice of: 200 and the whole. */
    RANGES_IGNORED(
            RequestPattern.of("GET", Kind.BLOB),
            () -> new Fault.AlterRequest(
                    request -> request.withHeaders(request.headers().without("Range")))),

    /** Ranges without an end are 416. */
    CLOSED_RANGES_ONLY(
            RequestPattern.of("GET", Kind.BLOB)
                    .and(request -> request.headers().first("Range").orElse("").endsWith("-")),
            () -> Fault.status(416)),

    /** A manifest whose type the client does not name in its first {@code Accept} field is 404. */
    ACCEPT_DECIDES(
            RequestPattern.of(Kind.MANIFEST).and(request -> !request.method().equals("PUT")),
            () -> Fault.custom((request, next) -> {
                Response response = next.handle(request);
                String type = response.headers().first("Content-Type").orElse("");
                String accept = request.headers().first("Accept").orElse("");
                return response.status() == 200 && !accept.contains(type)
                        ? JsonReplies.error(404, ErrorCode.MANIFEST_UNKNOWN.name(), "not of an accepted type")
                        : response;
            })),

    /** Reading a blob without {@code Accept} is 406. */
    ACCEPT_REQUIRED(
            RequestPattern.of("GET", Kind.BLOB)
                    .and(request -> !request.headers().contains("Accept")),
            () -> Fault.status(406)),

    /** Ten manifests may be read with GET; each answer tells how many are left, and when none is, there is 429. HEAD is free. */
    QUOTA_OF_TEN_READS(RequestPattern.of("GET", Kind.MANIFEST), () -> Fault.custom(quota(10)));

    /** Of the digest of nothing, SHA-256. */
    private static final String END_OF_EMPTY = "27ae41e4649b934ca495991b7852b855";

    private final RequestPattern pattern;
    private final Supplier<Fault> fault;

    Quirk(RequestPattern pattern, Supplier<Fault> fault) {
        this.pattern = pattern;
        this.fault = fault;
    }

    /** The requests that it is about. */
    public RequestPattern pattern() {
        return pattern;
    }

    /** What happens to them; each time with a memory of its own. */
    public Fault fault() {
        return fault.get();
    }

    private interface LocationChange {
        String apply(Request request, String location);
    }

    private static Fault location(LocationChange change) {
        return Fault.custom((request, next) -> {
            Response response = next.handle(request);
            return response.headers()
                    .first("Location")
                    .map(location -> response.with("Location", change.apply(request, location)))
                    .orElse(response);
        });
    }

    private static String lastSegment(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static String hostName(Request request) {
        return request.headers().first("Host").orElse("").replaceFirst(":[0-9]+$", "");
    }

    private static Interceptor changingLocation() {
        Map<String, Integer> states = new ConcurrentHashMap<>();
        AtomicInteger counter = new AtomicInteger();
        return (request, next) -> {
            boolean begins = request.method().equals("POST");
            String state = request.query().first("_state").orElse("");
            if (!begins && !state.equals(String.valueOf(states.get(request.path())))) {
                return JsonReplies.error(404, ErrorCode.BLOB_UPLOAD_UNKNOWN.name(), "not the newest location");
            }
            Response response = next.handle(request);
            String location = response.headers().first("Location").orElse("");
            if (response.status() != 202 && response.status() != 204) {
                return response;
            }
            states.put(location, counter.incrementAndGet());
            return response.with("Location", location + "?_state=" + states.get(location));
        };
    }

    private static Request status(Request patch) {
        return patch.withMethod("GET").withBody(InputStream.nullInputStream());
    }

    private static boolean isThere(Request put, Handler next) throws IOException {
        Request head = put.withMethod("HEAD").withBody(InputStream.nullInputStream());
        return next.handle(head).status() == 200;
    }

    private static Interceptor oneAtATime() {
        Set<List<String>> underWay = ConcurrentHashMap.newKeySet();
        return (request, next) -> {
            byte[] manifest = request.body().readAllBytes();
            List<String> key = List.of(repository(request), Integer.toString(Arrays.hashCode(manifest)));
            if (!underWay.add(key)) {
                return JsonReplies.error(409, ErrorCode.MANIFEST_INVALID.name(), "the manifest is being put already");
            }
            try {
                return next.handle(request.withBody(new ByteArrayInputStream(manifest)));
            } finally {
                underWay.remove(key);
            }
        };
    }

    private static Interceptor quota(int limit) {
        AtomicInteger reads = new AtomicInteger();
        return (request, next) -> {
            int left = limit - reads.incrementAndGet();
            Response response = left < 0
                    ? JsonReplies.error(429, ErrorCode.TOOMANYREQUESTS.name(), "the limit of reads is reached")
                            .with("Retry-After", "3600")
                    : next.handle(request);
            return response.with("RateLimit-Limit", limit + ";w=21600")
                    .with("RateLimit-Remaining", Math.max(0, left) + ";w=21600");
        };
    }

    private static String repository(Request request) {
        return request.path().replaceFirst("/manifests/[^/]*$", "");
    }
}
