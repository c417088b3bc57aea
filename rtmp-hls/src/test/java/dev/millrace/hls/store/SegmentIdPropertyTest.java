package dev.millrace.hls.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class SegmentIdPropertyTest {

    @Property
    void readsWhatItWrites(@ForAll @LongRange(min = 0) long serial, @ForAll @LongRange(min = 0, max = (1L << 48) - 1) long session) {
        SegmentId id = new SegmentId(String.format("%012x", session), serial);
        assertEquals(Optional.of(id), SegmentId.ofFileName(id.fileName()));
    }
}
