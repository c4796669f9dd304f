/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.profile;

import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.protocol.JsonReplies;
import io.github.cnab4j.server.protocol.ManifestOutline;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.ManifestCondition;
import io.github.cnab4j.testkit.fault.Occurrence;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Habits that are a matter of a status, a header field or a number, as the profiles have them. */
final class Habits {
    private static final RequestPattern MANIFEST_PUT = RequestPattern.of("PUT", Kind.MANIFEST);
    private static final RequestPattern MANIFEST_GET = RequestPattern.of("GET", Kind.MANIFEST);
    private static final RequestPattern BLOB_GET = RequestPattern.of("GET", Kind.BLOB);
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final Set<String> IMAGE_CONFIGS =
            Set.of("application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json");

    private Habits() {}

    /** Q29: a proxy refuses bodies that are larger, with a web page. */
    static Habit bodiesUpTo(long bytes) {
        Response page = Response.of(413)
                .with("Content-Type", "text/html")
                .withBody(Body.of("<html>413 Request Entity Too Large</html>".getBytes(StandardCharsets.UTF_8)));
        RequestPattern large = RequestPattern.of(Kind.UPLOAD).and(request -> request.contentLength() > bytes);
        return Habit.always("Q29", large, Fault.reply(page));
    }

    /** Q27: the second kind, no range at all. */
    static Habit noRangeOfUploads() {
        return Habit.always("Q27", RequestPattern.of(Kind.UPLOAD), Fault.withoutHeader("Range"));
    }

    /** Q30: the second upload is forgotten as soon as it is gone on with. */
    static Habit forgetsAnUpload() {
        RequestPattern goesOn = RequestPattern.of(Kind.UPLOAD)
                .and(request ->
                        request.method().equals("PUT") || request.method().equals("PATCH"));
        return Habit.some(
                "Q30", goesOn, Occurrence.nth(2), Fault.status(404, ErrorCode.BLOB_UPLOAD_UNKNOWN, "no such upload"));
    }

    /** Q05: who is not let in is not told what to bring. */
    static Habit challengeWithoutWords(Kind kind) {
        return Habit.always("Q05", RequestPattern.of(kind), Fault.withoutHeader("WWW-Authenticate"));
    }

    /** A challenge in other words. */
    static Habit challenge(String number, String words) {
        RequestPattern stranger =
                RequestPattern.any().and(request -> !request.headers().contains("Authorization"));
        return Habit.always(number, stranger, Fault.withHeader("WWW-Authenticate", words));
    }

    /** Q35. */
    static Habit refusesMounts(int status) {
        return Habit.always("Q35", RequestPattern.of("POST", Kind.UPLOAD), Fault.refuseMount(status));
    }

    /** Q38: only repositories that hold something can be pushed to. */
    static Habit noNewRepositories() {
        return Habit.always("Q38", RequestPattern.of("POST", Kind.UPLOAD), Fault.custom((request, next) -> {
            String tags = request.path().replaceFirst("/blobs/uploads/?$", "/tags/list");
            Request question = request.withMethod("GET").withTarget(tags).withBody(InputStream.nullInputStream());
            return next.handle(question).status() == 404
                    ? JsonReplies.error(
                            404, ErrorCode.NAME_UNKNOWN.name(), "the repository does not exist in the registry")
                    : next.handle(request);
        }));
    }

    /** Q39. */
    static Habit imageConfigsOnly(int status) {
        ManifestCondition other = (type, manifest) -> {
            ManifestOutline.Child config = manifest.config();
            return config != null && !IMAGE_CONFIGS.contains(config.mediaType());
        };
        return Habit.always("Q39", MANIFEST_PUT, Fault.refuseManifest(other, status, ErrorCode.MANIFEST_INVALID));
    }

    /** Q40. */
    static Habit noOciIndexes() {
        return Habit.always(
                "Q40",
                MANIFEST_PUT,
                Fault.refuseManifest(ManifestCondition.mediaType(OCI_INDEX), 400, ErrorCode.MANIFEST_INVALID));
    }

    /** Q41: an index's children are of its own family. */
    static Habit noMixedIndexes() {
        ManifestCondition mixed = (type, manifest) -> manifest.manifests().stream()
                .anyMatch(child -> child.mediaType().contains(".oci.") != type.contains(".oci."));
        return Habit.always(
                "Q41",
                MANIFEST_PUT,
                Fault.refuseManifest(ManifestCondition.index().and(mixed), 400, ErrorCode.MANIFEST_INVALID));
    }

    /** Q42. */
    static Habit noDockerTypes() {
        ManifestCondition docker = (type, manifest) -> type.contains(".docker.");
        return Habit.always("Q42", MANIFEST_PUT, Fault.refuseManifest(docker, 415, ErrorCode.UNSUPPORTED));
    }

    /** Q43. */
    static Habit mediaTypeMemberOfIndexes() {
        ManifestCondition untyped = (type, manifest) -> !type.equals(manifest.mediaType());
        return Habit.always(
                "Q43",
                MANIFEST_PUT,
                Fault.refuseManifest(ManifestCondition.index().and(untyped), 400, ErrorCode.MANIFEST_INVALID));
    }

    /** Q44. */
    static Habit tagsKeepTheirType() {
        RequestPattern tag = MANIFEST_PUT.and(request -> !request.path().contains(":"));
        return new Habit("Q44", tag, Occurrence.always(), () -> {
            Map<String, String> types = new ConcurrentHashMap<>();
            return Fault.custom((request, next) -> {
                String type = request.headers().first("Content-Type").orElse("");
                String before = types.putIfAbsent(request.path(), type);
                return before == null || before.equals(type)
                        ? next.handle(request)
                        : JsonReplies.error(
                                400, ErrorCode.MANIFEST_INVALID.name(), "a tag cannot change its media type");
            });
        });
    }

    /** Q48: a manifest that was put by its digest is not there until its repository gets a tag. */
    static Habit manifestsAppearLate() {
        return new Habit("Q48", RequestPattern.of(Kind.MANIFEST), Occurrence.always(), () -> {
            Set<String> hidden = ConcurrentHashMap.newKeySet();
            return Fault.custom((request, next) -> {
                if (!request.method().equals("PUT")) {
                    return hidden.contains(request.path())
                            ? JsonReplies.error(404, ErrorCode.MANIFEST_UNKNOWN.name(), "manifest unknown")
                            : next.handle(request);
                }
                if (request.path().contains(":")) {
                    hidden.add(request.path());
                } else {
                    String repository = request.path().replaceFirst("[^/]*$", "");
                    hidden.removeIf(path -> path.startsWith(repository));
                }
                return next.handle(request);
            });
        });
    }

    /** Q53. */
    static Habit refusesHeadOfBlobs(int status) {
        return Habit.always("Q53", RequestPattern.of("HEAD", Kind.BLOB), Fault.status(status));
    }

    /** Q54. */
    static Habit forbidsWhatIsMissing() {
        RequestPattern reads = RequestPattern.of(Kind.MANIFEST)
                .and(request -> !request.method().equals("PUT"));
        return Habit.always("Q54", reads, Fault.custom((request, next) -> {
            Response response = next.handle(request);
            return response.status() == 404
                    ? JsonReplies.error(
                            403, ErrorCode.DENIED.name(), "the client does not have permission for manifest")
                    : response;
        }));
    }

    /** Q55. */
    static Habit otherLengthOfHead() {
        return Habit.always("Q55", RequestPattern.of("HEAD", Kind.MANIFEST), Fault.withoutHeader("Content-Length"));
    }

    /** Q57 and Q58: blobs are at a storage that refuses tokens, and whose URLs are signed byte by byte. */
    static Habit blobsElsewhere(String number) {
        return Habit.always(number, BLOB_GET, Fault.custom(SignedStorage::intercept));
    }

    /** Q64: one blob, once, is a web page. */
    static Habit webPageForABlob() {
        byte[] page = "<html>sign in</html>".getBytes(StandardCharsets.UTF_8);
        return Habit.some("Q64", BLOB_GET, Occurrence.nth(2), Fault.withBody(page));
    }

    /** Q67: how long to wait is told in a field. */
    static Habit limitsManifests() {
        return Habit.some("Q67", MANIFEST_GET, Occurrence.every(15), Fault.tooManyRequests("1"));
    }

    /** Q67: how long to wait is told in the text only. */
    static Habit limitsManifestsInWords() {
        return Habit.some(
                "Q67",
                MANIFEST_GET,
                Occurrence.every(15),
                Fault.status(429, ErrorCode.TOOMANYREQUESTS, "retry-after: 421.373µs, allowed: 44000/minute"));
    }

    /** Q68. */
    static Habit limitsUnder403() {
        return Habit.some(
                "Q68",
                MANIFEST_GET,
                Occurrence.every(20),
                Fault.status(403, ErrorCode.DENIED, "You have exceeded a secondary rate limit"));
    }

    /** Q69. */
    static Habit limitsInPlainText() {
        String raw = """
                HTTP/1.1 429 Too Many Requests
                Content-Type: text/plain
                Content-Length: 20
                Connection: close

                You pull too much.

                """;
        return Habit.some("Q69", MANIFEST_GET, Occurrence.nth(2), Fault.raw(raw));
    }

    /** Q70. */
    static Habit countsPulls() {
        return Habit.always("Q70", MANIFEST_GET, Fault.withHeader("RateLimit-Remaining", "3;w=21600"));
    }

    /** Q72. */
    static Habit limitsBurstsOfManifests() {
        return Habit.some("Q72", MANIFEST_PUT, Occurrence.every(6), Fault.tooManyRequests("1"));
    }

    /** Q73; what has no such lists does not say that it has put anything on one. */
    static Habit noReferrers(int status) {
        RequestPattern pattern = RequestPattern.any()
                .and(request -> Kind.of(request) == Kind.REFERRERS || MANIFEST_PUT.matches(request));
        return Habit.always("Q73", pattern, Fault.custom((request, next) -> {
            if (Kind.of(request) == Kind.REFERRERS) {
                return Fault.status(status).intercept(request, next);
            }
            Response response = next.handle(request);
            return response.withHeaders(response.headers().without("OCI-Subject"));
        }));
    }

    /** Q75. */
    static Habit pagesUpTo(int size) {
        RequestPattern larger = RequestPattern.of(Kind.TAGS)
                .and(request ->
                        request.query().first("n").map(Integer::parseInt).orElse(0) > size);
        return Habit.always("Q75", larger, Fault.status(400));
    }

    /** Bytes that are not what was asked for, under the right name. */
    static Habit altersContent(String number, Kind kind) {
        return Habit.always(number, RequestPattern.of("GET", kind), Fault.flipBit(5));
    }

    /** Says of whatever is put that it is something else. */
    static Habit namesOtherDigests(String number) {
        return Habit.always(number, MANIFEST_PUT, Fault.wrongDigest());
    }

    /** A list that never ends. */
    static Habit endlessList(String number) {
        return Habit.always(
                number,
                RequestPattern.of("GET", Kind.TAGS),
                Fault.custom((request, next) ->
                        next.handle(request).with("Link", "<" + request.path() + "?last=x>; rel=\"next\"")));
    }
}
