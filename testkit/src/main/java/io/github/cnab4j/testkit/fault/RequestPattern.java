/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.fault;

import io.github.cnab4j.server.http.Request;
import io.github.cnab4j.testkit.log.Kind;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which requests. Immutable; conditions are added one by one and must all hold. */
public final class RequestPattern {
    private final Predicate<Request> condition;

    private RequestPattern(Predicate<Request> condition) {
        this.condition = condition;
    }

    /** Every request. */
    public static RequestPattern any() {
        return new RequestPattern(request -> true);
    }

    /** Requests of this method. */
    public static RequestPattern of(String method) {
        return any().and(request -> request.method().equals(method));
    }

    /** Requests of this kind, by any method. */
    public static RequestPattern of(Kind kind) {
        return any().and(request -> Kind.of(request) == kind);
    }

    /** Requests of this method and kind. */
    public static RequestPattern of(String method, Kind kind) {
        return of(method).and(request -> Kind.of(request) == kind);
    }

    /**
     * Requests whose path fits a glob: {@code *} stands for a part without slashes, {@code **} for anything.
     *
     * @param glob for example {@code /v2/**}{@code /manifests/*}
     */
    public RequestPattern path(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String stretch : glob.split("(?<=\\*\\*)|(?=\\*\\*)")) {
            if (stretch.equals("**")) {
                regex.append(".*");
            } else {
                for (String part : stretch.split("(?<=\\*)|(?=\\*)")) {
                    regex.append(part.equals("*") ? "[^/]*" : Pattern.quote(part));
                }
            }
        }
        Pattern pattern = Pattern.compile(regex.toString());
        return and(request -> pattern.matcher(request.path()).matches());
    }

    /** Requests about this repository. */
    public RequestPattern repository(String name) {
        return and(request -> request.path().startsWith("/v2/" + name + "/"));
    }

    /** Requests with this query parameter. */
    public RequestPattern parameter(String name) {
        return and(request -> request.query().first(name).isPresent());
    }

    /** Requests that this holds for as well. */
    public RequestPattern and(Predicate<Request> other) {
        return new RequestPattern(condition.and(other));
    }

    /** Whether a request is one of them. */
    public boolean matches(Request request) {
        return condition.test(request);
    }
}
