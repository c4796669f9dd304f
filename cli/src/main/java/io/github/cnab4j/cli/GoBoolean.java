/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a boolean flag's value, in every form that the Go tool takes. */
final class GoBoolean implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String value) {
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new TypeConversionException("\"" + value + "\" is neither true nor false");
        };
    }
}
