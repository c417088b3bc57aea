package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.hls.testkit.TsTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PsiPacketsTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void checksumOfTheNineDigits() {
        byte[] digits = "_123456789_".getBytes(StandardCharsets.US_ASCII);
        assertEquals(0x0376E6E7, Crc32Mpeg2.of(digits, 1, 9));
    }

    @Test
    void programAssociation() {
        assertPacket("47400010", "00b00d0001c100000001f0002ab104b2", PsiPackets.programAssociation());
    }

    // Sections as H.222.0, 2.4.4.8 to 2.6.58 has them; nginx-rtmp writes the same ones of AVC, AAC and MP3.
    @ParameterizedTest
    @CsvSource(textBlock = """
            AVC,  ,             false, 02b0120001c10000e100f0001be100f00015bd4d56
            ,     AAC,          false, 02b0120001c10000e101f0000fe101f000ece2b094
            AVC,  AAC,          false, 02b0170001c10000e100f0001be100f0000fe101f0002f44b99b
            AVC,  MP3,          false, 02b0170001c10000e100f0001be100f00003e101f0004e593d1e
            HEVC, AAC,          false, 02b01d0001c10000e100f00024e100f0060504484556430fe101f0006c37cf8a
            AVC,  AC3,          false, 02b01d0001c10000e100f0001be100f00081e101f006050441432d33ce50fcbc
            AVC,  AAC,          true,  02b03c0001c10000e100f011250fffff49443320ff49443320001f0001\
            1be100f0000fe101f00015e102f00f260dffff49443320ff49443320000f22bb5b1a
            """)
    void programMap(TsCodec video, TsCodec audio, boolean timedId3, String section) {
        TsProgram program = new TsProgram(Optional.ofNullable(video), Optional.ofNullable(audio), timedId3);
        assertPacket("47500010", section, PsiPackets.programMap(program, 0));
    }

    @Test
    void versionAndLowRateAreSaid() {
        byte[] packet = PsiPackets.programMap(new TsProgram(Optional.empty(), Optional.of(TsCodec.MP3_LOW_RATE), false), 31);
        assertEquals("ff0000e101f00004e101f000", HEX.formatHex(packet, 10, 22));
        assertEquals(0, TsTable.crc(Arrays.copyOfRange(packet, 5, 5 + 3 + packet[7])));
    }

    private static void assertPacket(String header, String section, byte[] packet) {
        assertEquals(header + "00" + section + "ff".repeat(188 - 5 - section.length() / 2), HEX.formatHex(packet));
    }
}
