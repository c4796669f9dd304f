/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.AbortConnectionException;
import io.github.cnab4j.server.http.AbortConnectionException.How;
import io.github.cnab4j.server.http.Body;
import io.github.cnab4j.server.http.Handler;
import io.github.cnab4j.server.http.Interceptor;
import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.server.protocol.ErrorCode;
import io.github.cnab4j.server.protocol.JsonReplies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Something that goes wrong with one exchange. Several faults may hit one request: each sees what the next ones leave.
 * A fault on the request keeps it, wholly or partly, from the registry; a fault on the response comes after the request
 * has taken effect. Immutable.
 */
public sealed interface Fault extends Interceptor {
    /** Answers instead of the registry. The request has no effect. */
    record Reply(Response response) implements Fault {
        @Override
        public Response intercept(Request request, Handler next) {
            return response;
        }
    }

    /**
     * Puts text on the wire instead of an HTTP response, each character up to U+00FF as a byte, then ends the
     * connection. The request has no effect.
     */
    record RawReply(String text, How how) implements Fault {
        @Override
        public Response intercept(Request request, Handler next) throws IOException {
            throw AbortConnectionException.afterBytes(text.getBytes(StandardCharsets.ISO_8859_1), how);
        }
    }

    /** Waits at a gate before the request takes effect. */
    record Hold(Gate gate) implements Fault {
        @Override
        public Response intercept(Request request, Handler next) throws IOException {
            gate.pass();
            return next.handle(request);
        }
    }

    /** Waits for a time before the request takes effect. */
    record Delay(Duration time) implements Fault {
        @Override
        public Response intercept(Request request, Handler next) throws IOException {
            Pause.of(time);
            return next.handle(request);
        }
    }

    /** Waits at a gate when so many bytes of the response's body have been written. The request has taken effect. */
    record HoldResponse(Gate gate, long bytes) implements Fault {
        @Override
        public Response intercept(Request request, Handler next) throws IOException {
            Response response = next.handle(request);
            return response.withBody(new HeldBody(response.body(), gate, bytes));
        }
    }

    /** Breaks the connection when the registry has read this many bytes of the body; what it read it may keep. */
    record CutRequest(long bytes, How how) implements Fault {
        @Override
        public Response intercept(Request request, Handler next) throws IOException {
            return next.handle(request.withBody(new CutInput(request.body(), bytes, how)));
        }
    }

    /** Breaks the connection before the response, or after so many bytes of its body. The request has taken effect. */
    record CutResponse(long bytes, How how) implements Fault {
        static final long BEFORE_HEAD = -1;

        @Override
        public Response intercept(Request request, Handler next) throws IOException {
            Response response = next.handle(request);
            if (bytes == BEFORE_HEAD) {
                throw AbortConnectionException.by(how);
            }
            return response.withBody(new CutBody(response.body(), bytes, how));
        }
    }

    /** Flips the lowest bit of one byte of the response's body, counted from 0; a shorter body stays as it is. */
    record FlipBit(long position) implements Fault {
        @Override
        public Response intercept(Request request, Handler next) throws IOException {
            Response response = next.handle(request);
            return response.withBody(new FlippedBody(response.body(), position));
        }
    }

    /** Alters the response's status, fields or body. The request has taken effect. */
    record AlterResponse(UnaryOperator<Response> change) implements Fault {
        @Override
        public Response intercept(Request request, Handler next) throws IOException {
            return change.apply(next.handle(request));
        }
    }

    /** Alters the request before the registry sees it. */
    record AlterRequest(UnaryOperator<Request> change) implements Fault {
        @Override
        public Response intercept(Request request, Handler next) throws IOException {
            return next.handle(change.apply(request));
        }
    }

    /** Refuses a manifest for what it is; anything else passes. */
    record RefuseManifest(ManifestCondition condition, int status, String code) implements Fault {
        @Override
        public Response intercept(Request request, Handler next) throws IOException {
            return ManifestGuard.intercept(this, request, next);
        }
    }

    /** Whatever else a test wants. */
    record Custom(Interceptor interceptor) implements Fault {
        @Override
        public Response intercept(Request request, Handler next) throws IOException {
            return interceptor.intercept(request, next);
        }
    }

    /** An error response in the form of the distribution specification, with the code that fits the status. */
    static Fault status(int status) {
        return status(status, CodeOfStatus.of(status), "a fault of the test");
    }

    /** An error response in the form of the distribution specification. */
    static Fault status(int status, ErrorCode code, String message) {
        return new Reply(JsonReplies.error(status, code.name(), message));
    }

    /** Any response. */
    static Fault reply(Response response) {
        return new Reply(response);
    }

    /** 429 with {@code Retry-After}, in seconds or as a date. */
    static Fault tooManyRequests(String retryAfter) {
        return new Reply(JsonReplies.error(429, ErrorCode.TOOMANYREQUESTS.name(), "slow down")
                .with("Retry-After", retryAfter));
    }

    /** A redirect. */
    static Fault redirect(int status, String location) {
        return new Reply(Response.of(status).with("Location", location));
    }

    /** Holds the request until the gate is opened. */
    static Fault hold(Gate gate) {
        return new Hold(gate);
    }

    /** Holds the response when so many bytes of its body are out, until the gate is opened. */
    static Fault holdAfter(Gate gate, long bytes) {
        return new HoldResponse(gate, bytes);
    }

    /** Resets the connection instead of handling the request. */
    static Fault resetBefore() {
        return new RawReply("", How.RESET);
    }

    /** Lets the request take effect after a time. */
    static Fault delay(Duration time) {
        return new Delay(time);
    }

    /** Ends the connection orderly instead of handling the request. */
    static Fault closeBefore() {
        return new RawReply("", How.CLOSE);
    }

    /** Resets the connection when so many bytes of the request's body have been read; the registry keeps them. */
    static Fault resetAfterRequestBytes(long bytes) {
        return new CutRequest(bytes, How.RESET);
    }

    /** Handles the request, then resets the connection instead of answering. */
    static Fault loseResponse() {
        return new CutResponse(CutResponse.BEFORE_HEAD, How.RESET);
    }

    /** Resets the connection after so many bytes of the response's body. */
    static Fault resetAfter(long bytes) {
        return new CutResponse(bytes, How.RESET);
    }

    /** Ends the connection orderly after so many bytes of the response's body, whatever its declared length. */
    static Fault truncate(long bytes) {
        return new CutResponse(bytes, How.CLOSE);
    }

    /** Sends the response's body in pieces of so many bytes with a pause before each. */
    static Fault drip(int bytes, Duration pause) {
        return new AlterResponse(response -> response.withBody(new DrippedBody(response.body(), bytes, pause)));
    }

    /** Declares a length of the response's body that is off by so many bytes, above or below zero, never less than 0. */
    static Fault wrongLength(long difference) {
        return new AlterResponse(response ->
                response.with("Content-Length", Long.toString(Math.max(0, DeclaredLength.of(response) + difference))));
    }

    /** Names another digest in {@code Docker-Content-Digest}. */
    static Fault wrongDigest() {
        return withHeader("Docker-Content-Digest", "sha256:" + "0".repeat(64));
    }

    /** Flips one bit of the response's body. */
    static Fault flipBit(long position) {
        return new FlipBit(position);
    }

    /** Sets a response field, also {@code Content-Length}. */
    static Fault withHeader(String name, String value) {
        return new AlterResponse(response -> response.with(name, value));
    }

    /** Leaves a response field out. Without {@code Content-Length} a body is sent chunked; a HEAD has none then. */
    static Fault withoutHeader(String name) {
        if (name.equalsIgnoreCase("Content-Length")) {
            return new AlterResponse(response -> response.withBody(new UnknownLengthBody(response.body())));
        }
        return new AlterResponse(
                response -> response.withHeaders(response.headers().without(name)));
    }

    /** Lets the request take effect but answers with another status. */
    static Fault withStatus(int status) {
        return new AlterResponse(response -> response.withStatus(status));
    }

    /** Lets the request take effect but answers with another body of its own right length. */
    static Fault withBody(byte[] bytes) {
        byte[] copy = bytes.clone();
        return new AlterResponse(response -> response.withBody(Body.of(copy)));
    }

    /** Takes the request's token or password for one that has ended: the registry challenges as it does without. */
    static Fault expiredToken() {
        return new AlterRequest(request -> request.withHeaders(request.headers().without("Authorization")));
    }

    /** Forgets the upload that the request goes on with or ends: 404 for this and all that follow. Other requests pass. */
    static Fault loseUpload() {
        return new Custom(LostUpload::intercept);
    }

    /** Takes a mount for the start of an upload: 202 with a session. */
    static Fault refuseMount() {
        return new AlterRequest(
                request -> request.query().first("mount").isPresent() ? request.withTarget(request.path()) : request);
    }

    /** Answers a mount with an error; other requests pass. */
    static Fault refuseMount(int status) {
        Fault refusal = status(status);
        return new Custom((request, next) ->
                request.query().first("mount").isPresent() ? refusal.intercept(request, next) : next.handle(request));
    }

    /** Takes a whole blob in a POST for the mere start of an upload, as most registries do: 202 with an empty session. */
    static Fault ignorePostedBlob() {
        return new AlterRequest(request -> wantsWholePost(request) ? request.withTarget(request.path()) : request);
    }

    /** Takes a whole blob in a POST for the first part of an upload: 202 with a session that has it. */
    static Fault keepPostedBlob() {
        return new Custom((request, next) -> {
            if (!wantsWholePost(request)) {
                return next.handle(request);
            }
            Request start = request.withTarget(request.path()).withBody(InputStream.nullInputStream());
            String session = next.handle(start).headers().first("Location").orElseThrow();
            return next.handle(request.withMethod("PATCH").withTarget(session));
        });
    }

    private static boolean wantsWholePost(Request request) {
        return request.method().equals("POST")
                && request.query().first("digest").isPresent();
    }

    /** Refuses manifests that meet a condition, with this status and code. */
    static Fault refuseManifest(ManifestCondition condition, int status, ErrorCode code) {
        return new RefuseManifest(condition, status, code.name());
    }

    /** Puts text (ISO 8859-1) on the wire instead of a response, then ends the connection orderly. */
    static Fault raw(String text) {
        return new RawReply(text, How.CLOSE);
    }

    /** As {@link #raw}, but resets the connection: what the client is still sending fails, what it has not read may be lost. */
    static Fault rawThenReset(String text) {
        return new RawReply(text, How.RESET);
    }

    /** Any interceptor. */
    static Fault custom(Interceptor interceptor) {
        return new Custom(interceptor);
    }
}
