package dev.millrace.liveserver.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderReaderTest {

    private static HeaderReader reader(String hex) {
        return new HeaderReader(HexFormat.of().parseHex(hex));
    }

    private static String failure(Executable reading) {
        return assertThrows(IOException.class, reading).getMessage();
    }

    /** ITU-T H.264, tables 9-2 and 9-3. */
    @ParameterizedTest
    @CsvSource({"80, 0, 0", "40, 1, 1", "60, 2, -1", "20, 3, 2", "28, 4, -2", "30, 5, 3", "38, 6, -3", "10, 7, 4", "12, 8, -4"})
    void readsExpGolomb(String hex, int unsigned, int signed) throws IOException {
        assertEquals(unsigned, reader(hex).ue(unsigned, "field"));
        assertEquals(signed, reader(hex).se(signed, signed, "field"));
    }

    @Test
    void readsBitsInOrder() throws IOException {
        HeaderReader in = reader("a5ff00");
        assertEquals(0b101, in.u(3, "field"));
        assertFalse(in.flag("field"));
        assertEquals(0b0101_1111, in.u(8, "field"));
        assertEquals(12, in.position());
        assertEquals("field of 13 bits in 12", failure(() -> in.u(13, "field")));
        assertEquals(0xF00, in.u(12, "field"));
    }

    @Test
    void saysWhatIsOutsideItsRange() {
        assertEquals("field 4 is not 0 to 3", failure(() -> reader("28").ue(3, "field")));
        assertEquals("field -2 is not -1 to 5", failure(() -> reader("28").se(-1, 5, "field")));
        assertEquals("field 2 is not -1 to 1", failure(() -> reader("20").se(-1, 1, "field")));
        assertEquals("field has more than 31 leading zeros", failure(() -> reader("0000000080").ue(3, "field")));
        assertEquals("field 4294967294 is not 0 to 2147483647", failure(() -> reader("00000001ffffffff").ue(Integer.MAX_VALUE, "field")));
        assertEquals("field of 1 bits in 0", failure(() -> reader("00").ue(3, "field")));
    }

    @Test
    void whatComesBeforeTheStopBitIsMore() throws IOException {
        HeaderReader in = reader("d0");
        assertTrue(in.hasMore());
        in.u(3, "field");
        assertFalse(in.hasMore());
        assertFalse(reader("80").hasMore());
        assertTrue(reader("008000").hasMore());
        assertFalse(reader("").hasMore());
    }
}
