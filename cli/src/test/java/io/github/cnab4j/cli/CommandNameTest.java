/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandNameTest {
    @Test
    void isTheFirstArgument() {
        assertThat(find("push", "b.json")).isEqualTo(new CommandName(Optional.of("push"), List.of("b.json")));
    }

    @Test
    void comesAfterFlagsAndTheirValues() {
        assertThat(find("--log-level", "debug", "-t", "x", "push", "b"))
                .isEqualTo(new CommandName(Optional.of("push"), List.of("--log-level", "debug", "-t", "x", "b")));
    }

    @Test
    void isNotSwallowedByFlagsThatHoldTheirValueOrHaveNone() {
        assertThat(find("--log-level=debug", "-tx", "--push-images", "--auto-update-bundle", "-h", "push")
                        .name())
                .contains("push");
    }

    @Test
    void isAbsentWithoutArguments() {
        assertThat(find().name()).isEmpty();
        assertThat(find("--help").name()).isEmpty();
    }

    @Test
    void isAbsentWhenAFlagTakesTheLastArgument() {
        assertThat(find("-t", "push").name()).isEmpty();
    }

    @Test
    void isNotLookedForBehindTwoDashes() {
        assertThat(find("--", "push").name()).isEmpty();
    }

    private static CommandName find(String... args) {
        return CommandName.find(Commands.ALL, List.of(args));
    }
}
