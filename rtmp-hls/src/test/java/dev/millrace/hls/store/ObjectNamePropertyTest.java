package dev.millrace.hls.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class ObjectNamePropertyTest {

    @Property
    void readsWhatItWrites(
            @ForAll ObjectName.Kind kind,
            @ForAll @LongRange(min = 0) long serial,
            @ForAll @LongRange(min = 0, max = (1L << 48) - 1) long session,
            @ForAll @StringLength(min = 1, max = 8) @CharRange(from = 'a', to = 'z') @CharRange(from = '0', to = '9') String extension) {
        ObjectName name = new ObjectName(kind, String.format("%012x", session), serial, extension);
        assertEquals(Optional.of(name), ObjectName.ofFileName(name.fileName()));
    }
}
