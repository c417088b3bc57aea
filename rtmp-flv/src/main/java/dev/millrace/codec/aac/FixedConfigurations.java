package dev.millrace.codec.aac;

import dev.millrace.codec.aac.ProgramConfigElement.Element;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The element sequences of the fixed channel configurations (ISO/IEC 14496-3, table 1.19). */
final class FixedConfigurations {

    /** For each element its kind and instance tag: S one channel, P a pair, L low frequency; a bar between front and back. */
    private static final Map<String, Integer> BY_ELEMENTS = Map.of(
            "S0|", 1,
            "P0|", 2,
            "S0P0|", 3,
            "S0P0|S1", 4,
            "S0P0|P1", 5,
            "S0P0|P1L0", 6,
            "S0P0P1|P2L0", 7);

    private FixedConfigurations() {}

    static OptionalInt match(ProgramConfigElement program) {
        if (!program.coupling().isEmpty()) {
            return OptionalInt.empty();
        }
        StringBuilder elements = new StringBuilder();
        append(program.front(), elements);
        elements.append('|');
        append(program.side(), elements);
        append(program.back(), elements);
        program.lfeTags().forEach(tag -> elements.append('L').append(tag));
        Integer configuration = BY_ELEMENTS.get(elements.toString());
        return configuration == null ? OptionalInt.empty() : OptionalInt.of(configuration);
    }

    private static void append(List<Element> elements, StringBuilder out) {
        elements.forEach(element -> out.append(element.flag() ? 'P' : 'S').append(element.instanceTag()));
    }
}
