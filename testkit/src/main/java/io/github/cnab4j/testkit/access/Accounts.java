/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.access;

import io.github.cnab4j.server.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The accounts that a registry knows. */
record Accounts(List<Account> list) {
    private static final String BASIC = "basic ";

    static Accounts of(Account... accounts) {
        return new Accounts(List.of(accounts));
    }

    Optional<Account> byPassword(String name, String password) {
        return list.stream()
                .filter(account ->
                        account.name().equals(name) && account.password().equals(password))
                .findFirst();
    }

    Optional<Account> byIdentityToken(String token) {
        return list.stream()
                .filter(account -> account.identityToken().filter(token::equals).isPresent())
                .findFirst();
    }

    /** The account that a request's Basic credentials are right for. */
    Optional<Account> byBasic(Request request) {
        return request.headers().first("Authorization").flatMap(this::byBasicHeader);
    }

    private Optional<Account> byBasicHeader(String value) {
        if (!value.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return Optional.empty();
        }
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(value.substring(BASIC.length())), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        return colon < 0 ? Optional.empty() : byPassword(pair.substring(0, colon), pair.substring(colon + 1));
    }
}
