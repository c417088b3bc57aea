package dev.millrace.rtmp.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.amf.AmfLimits;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.chunk.ChunkMessage;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateTest {

    private static final String AUDIO_5000 = "08 000002 001388 00 000000 af01 0000000d";

    // The aggregate stands on chunk stream 6 and message stream 1 at 1000 ms. What comes out: time, type, payload.
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            textBlock =
                    """
            two messages,                 08 000002 001388 00 000000 af01 0000000d 09 000002 00139f 00 000000 2701 0000000d, 1000 8 af01 | 1023 9 2701, 0
            data of both kinds,           12 000001 001388 00 000000 02 0000000c 0f 000002 001388 00 000000 0002 0000000d, 1000 18 02 | 1000 15 0002, 0
            no last back pointer,         08 000002 001388 00 000000 af01 0000000d 09 000002 00139f 00 000000 2701, 1000 8 af01 | 1023 9 2701, 0
            half a last back pointer,     08 000002 001388 00 000000 af01 0000000d 09 000002 00139f 00 000000 2701 0000, 1000 8 af01 | 1023 9 2701, 0
            wrong back pointers,          08 000002 001388 00 000000 af01 ffffffff 09 000002 00139f 00 000000 2701 00000000, 1000 8 af01 | 1023 9 2701, 0
            stream id of its own,         08 000002 001388 00 ffffff af01 0000000d, 1000 8 af01, 0
            high byte of the time,        08 000000 ffffff 00 000000 0000000b 08 000000 000001 01 000000 0000000b, 1000 8 | 1002 8, 0
            first time past 2^31,         08 000000 ffffff ff 000000 0000000b 08 000000 000001 00 000000 0000000b, 1000 8 | 1002 8, 0
            second time before the first, 08 000000 001388 00 000000 0000000b 08 000000 000bb8 00 000000 0000000b, 1000 8 | 4294966296 8, 0
            first time 0,                 08 000000 000000 00 000000 0000000b 08 000000 000017 00 000000 0000000b, 1000 8 | 1023 8, 0
            empty messages,               08 000000 001388 00 000000 0000000b 09 000000 001389 00 000000 0000000b, 1000 8 | 1001 9, 0
            chunk size inside,            01 000004 001388 00 000000 00000001 0000000f 09 000001 00139f 00 000000 27 0000000c, 1023 9 27, 1
            acknowledgement inside,       03 000004 001388 00 000000 00000001 0000000f 09 000001 00139f 00 000000 27 0000000c, 1023 9 27, 1
            command inside,               14 000004 001388 00 000000 02000161 0000000f 09 000001 00139f 00 000000 27 0000000c, 1023 9 27, 1
            aggregate inside,             16 00000b 001388 00 000000 08 000000 000000 00 000000 00000016 09 000000 001388 00 000000 0000000b, 1000 9, 1
            type 0 inside,                00 000000 001388 00 000000 0000000b 09 000001 00139f 00 000000 27 0000000c, 1023 9 27, 1
            size beyond the end,          08 000002 001388 00 000000 af01 0000000d 09 000003 00139f 00 000000 2701, 1000 8 af01, 1
            size beyond the end at first, 08 ffffff 001388 00 000000 af01 0000000d, '', 1
            header cut short,             08 000002 001388 00 000000 af01 0000000d 09 000003 00139f 00 0000, 1000 8 af01, 1
            one byte,                     08, '', 1
            nothing,                      '', '', 0
            """)
    void takesItsMessagesApart(String name, String body, String messages, int dropped) throws Exception {
        Aggregate aggregate = parse(1000, TrackedBuffers.bytes(body));
        assertEquals(messages, text(aggregate));
        assertEquals(dropped, aggregate.dropped());
    }

    @ParameterizedTest(name = "at {0}")
    @CsvSource({"0, 0", "4999, 4999", "-1, 4294967295"})
    void movesTheFirstMessageToItsOwnTime(int timestampMillis, String first) throws Exception {
        assertEquals(first + " 8 af01", text(parse(timestampMillis, TrackedBuffers.bytes(AUDIO_5000))));
    }

    @Test
    void givesItsOwnStreamToItsMessages() throws Exception {
        ChunkMessage message = parse(1000, TrackedBuffers.bytes("08 000000 000000 00 000005 0000000b")).messages().get(0);
        assertEquals(6, message.chunkStreamId());
        assertEquals(1, message.messageStreamId());
    }

    @Test
    void boundsTheMessages() throws Exception {
        Aggregate most = parse(0, repeated("08 000000 000000 00 000000 0000000b", Aggregate.MAX_MESSAGES));
        assertEquals(1024, most.messages().size());
        assertEquals(0, most.dropped());
        Aggregate tooMany = parse(0, repeated("08 000000 000000 00 000000 0000000b", 700_000));
        assertEquals(1024, tooMany.messages().size());
        assertEquals(1, tooMany.dropped());
    }

    @Test
    void boundsTheMessagesThatItDrops() throws Exception {
        Aggregate aggregate = parse(0, repeated("16 000000 000000 00 000000 0000000b", 700_000));
        assertEquals(0, aggregate.messages().size());
        assertEquals(1025, aggregate.dropped());
    }

    @Test
    void keepsItsOwnList() throws Exception {
        List<ChunkMessage> messages = new ArrayList<>(parse(0, TrackedBuffers.bytes(AUDIO_5000)).messages());
        Aggregate aggregate = new Aggregate(messages, 0);
        messages.clear();
        assertEquals(1, aggregate.messages().size());
    }

    @Test
    void isNeverWritten() {
        Aggregate aggregate = new Aggregate(List.of(), 0);
        assertEquals(22, aggregate.typeId());
        assertThrows(UnsupportedOperationException.class, () -> aggregate.writeTo(Unpooled.EMPTY_BUFFER));
    }

    private static byte[] repeated(String hex, int times) {
        byte[] one = TrackedBuffers.bytes(hex);
        byte[] all = new byte[one.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(one, 0, all, i * one.length, one.length);
        }
        return all;
    }

    private static Aggregate parse(int timestampMillis, byte[] body) throws Exception {
        return (Aggregate) RtmpMessage.parse(new ChunkMessage(6, timestampMillis, 22, 1, body), AmfLimits.DEFAULT);
    }

    private static String text(Aggregate aggregate) {
        return String.join(" | ", aggregate.messages().stream().map(AggregateTest::text).toList());
    }

    private static String text(ChunkMessage message) {
        String time = Integer.toUnsignedString(message.timestampMillis());
        return (time + " " + message.typeId() + " " + HexFormat.of().formatHex(message.payload())).strip();
    }
}
