/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of Go's package httpproxy. */
class NoProxyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *                  | a.test         | 443
            a.test             | a.test         | 443
            a.test             | b.a.test       | 443
            .a.test            | b.a.test       | 443
            *.a.test           | c.b.a.test     | 443
            A.Test             | a.test         | 443
            x.test, a.test     | a.test         | 443
            a.test:5000        | a.test         | 5000
            a.test:5000        | b.a.test       | 5000
            10.1.2.3           | 10.1.2.3       | 443
            10.1.2.3:80        | 10.1.2.3       | 80
            10.0.0.0/8         | 10.200.1.1     | 443
            10.1.2.3/32        | 10.1.2.3       | 443
            0.0.0.0/0          | 10.1.2.3       | 443
            fd00::/8           | fd12::1        | 443
            ::ffff:10.1.2.3    | 10.1.2.3       | 443
            fd12::1            | fd12:0:0::1    | 443
            [fd12::1]:80       | fd12::1        | 80
            [fd12::1]          | fd12::1        | 80
            bücher.test        | xn--bcher-kva.test | 443
            """)
    void hostInTheList(String list, String host, int port) {
        assertThat(NoProxy.parse(list).contains(host, port)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                 | a.test         | 443
            ' , '              | a.test         | 443
            .a.test            | a.test         | 443
            *.a.test           | a.test         | 443
            a.test             | ba.test        | 443
            a.test             | a.test.evil    | 443
            a.test:5000        | a.test         | 443
            10.1.2.3:80        | 10.1.2.3       | 443
            10.1.2.3           | 10.1.2.4       | 443
            10.0.0.0/8         | 11.0.0.1       | 443
            10.0.0.0/33        | 10.0.0.1       | 443
            10.0.0.0/8         | a.test         | 443
            10.0.0.0/8         | fd12::1        | 443
            fd00::/8           | fe00::1        | 443
            :80                | a.test         | 80
            010.1.2.3          | 10.1.2.3       | 443
            """)
    void hostThatIsNotInTheList(String list, String host, int port) {
        assertThat(NoProxy.parse(list).contains(host, port)).isFalse();
    }
}
