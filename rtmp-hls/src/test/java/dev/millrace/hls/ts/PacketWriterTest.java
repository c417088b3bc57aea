package dev.millrace.hls.ts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.hls.testkit.TsReader;
import dev.millrace.media.Bytes;
import dev.millrace.sample.Sample;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketWriterTest {

    private static final HexFormat HEX = HexFormat.of();

    private final SegmentBuffer buffer = new SegmentBuffer();
    private final PacketWriter writer = new PacketWriter(buffer);
    private final Pid pid = new Pid(0x1ABC);

    private String written() {
        return HEX.formatHex(TsReader.bytes(buffer.takeChunks()));
    }

    private String packet(int bytes, int flags, long pcr) {
        byte[] payload = new byte[bytes];
        Arrays.fill(payload, (byte) 0xAB);
        writer.begin(pid, bytes, flags, pcr);
        writer.put(payload, 0, bytes);
        return written();
    }

    // The length byte alone, then length and flags, then FF behind them (H.222.0, 2.4.3.5).
    @ParameterizedTest
    @CsvSource(textBlock = """
            184, 475abc10, ''
            183, 475abc30, 00
            182, 475abc30, 0100
            181, 475abc30, 0200ff
            180, 475abc30, 0300ffff
            """)
    void invariant38_smallStuffing(int bytes, String header, String field) {
        assertEquals(header + field + "ab".repeat(bytes), packet(bytes, 0, 0));
    }

    @Test
    void invariant38_stuffingOf0To183() {
        for (int n = 0; n < 184; n++) {
            String counter = HEX.toHexDigits((byte) (2 * n), 1);
            String next = HEX.toHexDigits((byte) (2 * n + 1), 1);
            String field = n == 0 ? "" : n == 1 ? "00" : HEX.toHexDigits((byte) (n - 1)) + "00" + "ff".repeat(n - 2);
            String first = "475abc1" + counter + "ab".repeat(184);
            String last = "471abc" + (n == 0 ? "1" : "3") + next + field + "ab".repeat(184 - n);
            assertEquals(first + last, packet(368 - n, 0, 0), "stuffing of " + n);
        }
    }

    // With 8 bytes of PCR, one packet takes 176 bytes; then one more has 183 of stuffing.
    @ParameterizedTest
    @CsvSource(textBlock = """
            5,   50, 81000,      475abc30 b2 50 00009e347e00 *171 @5
            176, 50, 81000,      475abc30 07 50 00009e347e00 @176
            175, 10, 81001,      475abc30 08 10 00009e34fe00 ff @175
            177, d0, 8589934591, 475abc30 07 d0 fffffffffe00 @176 471abc31 b6 00 *181 @1
            177, 10, 8589934593, 475abc30 07 10 00000000fe00 @176 471abc31 b6 00 *181 @1
            3,   40, 7,          475abc30 b4 40 *179 @3
            182, 40, 7,          475abc30 01 40 @182
            """)
    void adaptationFieldWithPcrAndFlags(int bytes, String flags, long pcr, String expected) {
        StringBuilder hex = new StringBuilder();
        for (String part : expected.split(" ")) {
            char first = part.charAt(0);
            hex.append(first == '*' ? "ff".repeat(Integer.parseInt(part.substring(1)))
                    : first == '@' ? "ab".repeat(Integer.parseInt(part.substring(1))) : part);
        }
        assertEquals(hex.toString(), packet(bytes, HexFormat.fromHexDigits(flags), pcr));
    }

    @Test
    void invariant29_aPacketWithPcrAloneRepeatsTheCounter() {
        writer.putPcr(pid, 81_000);
        assertEquals("471abc2fb71000009e347e00" + "ff".repeat(176), written());
        assertEquals("475abc10", packet(184, 0, 0).substring(0, 8));
        writer.putPcr(pid, 81_000);
        assertEquals("471abc20", written().substring(0, 8));
        assertEquals("475abc11", packet(184, 0, 0).substring(0, 8));
    }

    // More than a chunk takes, from any place in a packet: whole packets are written in another way than parts of them.
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void invariants27_29_38_aLongPayloadIsTheSameWhereverItComesFrom(
            @ForAll @IntRange(min = 1, max = 400) int ahead, @ForAll @IntRange(min = 1, max = 120_000) int length) {
        byte[] payload = new byte[ahead + length];
        new Random(length).nextBytes(payload);
        Sample sample = Muxed.sample(payload);
        writer.begin(new Pid(5), payload.length, PacketWriter.PCR, 1);
        writer.put(payload, 0, payload.length);
        String wanted = written();
        writer.begin(new Pid(5), payload.length, PacketWriter.PCR, 1);
        writer.put(payload, 0, ahead);
        writer.put(sample, ahead, length);
        assertEquals(wanted, written());
    }

    @Test
    void whatIsPutInPiecesIsTheSame() {
        byte[] payload = new byte[1000];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) i;
        }
        Sample sample = Muxed.sample(payload);
        writer.begin(new Pid(5), payload.length, PacketWriter.PCR, 1);
        writer.put(payload, 0, payload.length);
        String whole = written();
        for (int piece : List.of(1, 3, 175, 176, 177, 184, 500)) {
            writer.begin(new Pid(5), payload.length, PacketWriter.PCR, 1);
            for (int at = 0; at < payload.length; at += piece) {
                int length = Math.min(piece, payload.length - at);
                if (at / piece % 2 == 0) {
                    writer.put(sample, at, length);
                } else {
                    writer.put(Bytes.copyOf(Arrays.copyOfRange(payload, at, at + length)));
                }
            }
            assertEquals(whole, written(), "pieces of " + piece);
        }
    }
}
