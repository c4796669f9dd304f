/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** Public constructors and methods that take or return types of a package. */
final class ShowInSignatures extends ArchCondition<JavaClass> {
    private final String prefix;

    ShowInSignatures(String prefix) {
        super("show types of " + prefix + " in public signatures");
        this.prefix = prefix;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaCodeUnit unit : type.getCodeUnits()) {
            boolean shows = unit.getModifiers().contains(JavaModifier.PUBLIC)
                    && Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream())
                            .anyMatch(shown -> shown.getPackageName().startsWith(prefix));
            events.add(new SimpleConditionEvent(unit, shows, unit.getDescription()));
        }
    }
}
