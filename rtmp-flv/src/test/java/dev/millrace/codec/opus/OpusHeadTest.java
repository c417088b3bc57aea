package dev.millrace.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusHeadTest {

    // RFC 7845, 5.1. "sent" are headers of FFmpeg 8.1 without their first 8 bytes, "OpusHead"; the others are by hand. Each is also written.
    // Columns: bytes | version, channels, pre-skip, rate, gain, family, streams, coupled, mapping
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            sent, mono       | 0101380180bb0000000000                     | 1 1 312 48000 0 0 1 0 00
            sent, stereo     | 0102380180bb0000000000                     | 1 2 312 48000 0 0 1 1 0001
            sent, low delay  | 0101780080bb0000000000                     | 1 1 120 48000 0 0 1 0 00
            sent, 5.1        | 0106380180bb00000000010402000401020305     | 1 6 312 48000 0 1 4 2 000401020305
            sent, 7.1        | 0108380180bb000000000105030006010203040507 | 1 8 312 48000 0 1 5 3 0006010203040507
            sent, family 255 | 0101380180bb00000000ff010000               | 1 1 312 48000 0 255 1 0 00
            rate not known   | 0101000000000000000000                     | 1 1 0 0 0 0 1 0 00
            greatest numbers | 0f02ffffffffffffff7f00                     | 15 2 65535 4294967295 32767 0 1 1 0001
            least gain       | 010100000000 0000008000                    | 1 1 0 0 -32768 0 1 0 00
            silence          | 010200000000000000000101 00ff00            | 1 2 0 0 0 1 1 0 ff00
            ambisonics       | 010400000000000000000204 0000010203        | 1 4 0 0 0 2 4 0 00010203
            """)
    void readsAndWrites(String name, String wire, String fields) throws Exception {
        String whole = "4f70757348656164" + wire.replace(" ", "");
        OpusHead head = parse(whole);
        assertEquals(fields, text(head));
        assertEquals(head, parse(whole + "cafe"));
        assertEquals(whole, written(head));
    }

    // Case 68 of rtmp-core/HOSTILE-INPUTS.md: the channels of a header are bounded by its bytes.
    @Test
    void reads255ChannelsIfTheyAreThere() throws Exception {
        String start = "4f7075734865616401ff0000000000000000fffe01";
        OpusHead head = parse(start + "fe".repeat(254) + "ff");
        assertEquals(255, head.channels());
        assertEquals(255, head.mapping().size());
        MalformedException e = assertThrows(MalformedException.class, () -> parse(start + "fe".repeat(254)));
        assertEquals("OpusHead of 255 channels is cut off after 275 bytes", e.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing                | ''                                                   | cut off after 0 bytes
            18 bytes               | 4f707573486561640101380180bb00000000                 | cut off after 18 bytes
            tags                   | 4f707573546167730101380180bb0000000000               | Opus header starts with 4f70757354616773
            version 0              | 4f707573486561640001380180bb0000000000               | version 0
            version 16             | 4f707573486561641001380180bb0000000000               | version 16
            no channel             | 4f707573486561640100380180bb0000000000               | channels 0 in mapping family 0 is not 1 to 2
            3 channels, family 0   | 4f707573486561640103380180bb0000000000               | channels 3 in mapping family 0 is not 1 to 2
            255 channels, family 0 | 4f7075734865616401ff380180bb0000000000               | channels 255 in mapping family 0 is not 1 to 2
            9 channels, family 1   | 4f707573486561640109380180bb00000000010900000102030405060708 | channels 9 in mapping family 1 is not 1 to 8
            no channel, family 255 | 4f707573486561640100380180bb00000000ff0100           | channels 0 in mapping family 255 is not 1 to 255
            no mapping             | 4f707573486561640101380180bb0000000001               | OpusHead of 1 channels is cut off after 19
            no mapping, family 255 | 4f7075734865616401ff380180bb00000000ff               | OpusHead of 255 channels is cut off after 19
            mapping cut off        | 4f707573486561640106380180bb000000000104020004010203 | OpusHead of 6 channels is cut off after 26
            no stream              | 4f707573486561640101380180bb0000000001000000         | 0 coupled of 0 streams
            more coupled           | 4f707573486561640101380180bb0000000001010200         | 2 coupled of 1 streams
            256 decoded channels   | 4f707573486561640101380180bb00000000ffff0100         | 1 coupled of 255 streams
            mapping to nothing     | 4f707573486561640102380180bb0000000001010100 02      | mapping of channel 1 to 2 of 2
            family 3               | 4f707573486561640101380180bb0000000003010000         | mapping family 3
            """)
    void refuses(String name, String wire, String reason) {
        MalformedException e = assertThrows(MalformedException.class, () -> parse(wire));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 0, 0, 1, 1, 0001", "65536, 0, 0, 0, 1, 1, 0001", "0, -1, 0, 0, 1, 1, 0001", "0, 4294967296, 0, 0, 1, 1, 0001",
        "0, 0, -32769, 0, 1, 1, 0001", "0, 0, 32768, 0, 1, 1, 0001", "0, 0, 0, 256, 1, 1, 0001", "0, 0, 0, 0, 2, 0, 0001", "0, 0, 0, 0, 2, 1, 0001",
        "0, 0, 0, 0, 1, 1, 0100", "0, 0, 0, 1, 1, 1, 00", "0, 0, 0, 1, 1, -1, ffff"})
    void checksWhatItIsMadeOf(int preSkip, long rate, int gain, int family, int streams, int coupled, String mapping) {
        Bytes map = Bytes.takeOver(TrackedBuffers.bytes(mapping));
        assertThrows(IllegalArgumentException.class, () -> new OpusHead(1, 2, preSkip, rate, gain, family, streams, coupled, map));
    }

    @Test
    void hasACodecString() {
        assertEquals("opus", OpusHead.CODEC_STRING);
        assertEquals(48_000, OpusHead.SAMPLE_RATE_HZ);
    }

    static OpusHead parse(String wire) throws MalformedException {
        return OpusHead.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)));
    }

    static String written(OpusHead head) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            head.writeTo(out);
            String text = ByteBufUtil.hexDump(out);
            out.release();
            return text;
        }
    }

    private static String text(OpusHead head) {
        return head.version() + " " + head.channels() + " " + head.preSkipSamples() + " " + head.inputSampleRateHz() + " " + head.outputGain() + " "
                + head.mappingFamily() + " " + head.streams() + " " + head.coupledStreams() + " " + ByteBufUtil.hexDump(head.mapping().toByteArray());
    }
}
