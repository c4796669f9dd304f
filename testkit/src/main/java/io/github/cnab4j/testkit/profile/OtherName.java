/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.profile;

import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.server.http.Response;
import io.github.cnab4j.testkit.fault.Fault;
import io.github.cnab4j.testkit.fault.RequestPattern;
import io.github.cnab4j.testkit.log.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A registry that sends its clients to another host, which is itself by the name of {@code localhost}. There it lets anybody in: who
 * brings credentials has given them away.
 */
final class OtherName {
    private static final String OWN = "127.0.0.1";
    private static final String OTHER = "localhost";
    private static final RequestPattern ANYTHING_THERE = RequestPattern.any().and(OtherName::isThere);

    private OtherName() {}

    /** S03: content is there. */
    static Habit redirects(String number) {
        RequestPattern blob = RequestPattern.of("GET", Kind.BLOB).and(request -> !isThere(request));
        return Habit.always(
                number,
                blob,
                Fault.custom((request, next) -> Response.of(307).with("Location", place(request) + request.target())));
    }

    /** S04: uploads are gone on with there. */
    static Habit takesUploads(String number) {
        RequestPattern start = RequestPattern.of("POST", Kind.UPLOAD);
        return Habit.always(number, start, Fault.custom((request, next) -> {
            Response response = next.handle(request);
            String session = response.headers().first("Location").orElse("");
            return session.startsWith("/")
                    ? response.withHeaders(response.headers().with("Location", place(request) + session))
                    : response;
        }));
    }

    /** S07: lists go on there. */
    static Habit continuesLists(String number) {
        return Habit.always(
                number,
                RequestPattern.of(Kind.REFERRERS),
                Fault.custom((request, next) ->
                        next.handle(request).with("Link", "<" + place(request) + request.path() + ">; rel=\"next\"")));
    }

    /** S01: whoever comes there is let in. */
    static Habit asksNobodyForAName(String number) {
        return Habit.always(
                number,
                ANYTHING_THERE,
                Fault.custom((request, next) ->
                        next.handle(request.withHeaders(request.headers().with("Authorization", known())))));
    }

    private static String known() {
        String user = RegistryProfile.USER.name() + ":" + RegistryProfile.USER.password();
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isThere(Request request) {
        return host(request).startsWith(OTHER);
    }

    private static String place(Request request) {
        return "http://" + host(request).replace(OWN, OTHER);
    }

    private static String host(Request request) {
        return request.headers().first("Host").orElse("");
    }
}
