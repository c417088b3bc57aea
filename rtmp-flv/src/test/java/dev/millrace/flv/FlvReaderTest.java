package dev.millrace.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FLV by hand from FLV 10.1, annex E. */
class FlvReaderTest {

    private static final String HEADER = "464c56 01 05 00000009 00000000";
    private static final String AUDIO = "08 000003 00000a 00 000000 af01ca 0000000e";
    private static final String VIDEO = "09 000006 000014 00 000000 270100000041 00000011";
    private static final FlvTag AUDIO_TAG = tag(8, 10, "af01ca");
    private static final FlvTag VIDEO_TAG = tag(9, 20, "270100000041");

    private static FlvTag tag(int typeId, int timestampMillis, String body) {
        return new FlvTag(typeId, timestampMillis, Bytes.takeOver(TrackedBuffers.bytes(body)));
    }

    /** The tags of a file that comes in pieces, and the reader afterwards. */
    private record Result(List<FlvTag> tags, FlvReader reader) {}

    private static Result read(String hex, int pieceBytes) throws MalformedException {
        byte[] file = TrackedBuffers.bytes(hex);
        FlvReader reader = new FlvReader();
        List<FlvTag> tags = new ArrayList<>();
        for (int at = 0; at < file.length; at += pieceBytes) {
            reader.append(Unpooled.wrappedBuffer(file, at, Math.min(pieceBytes, file.length - at)));
            drain(reader, tags);
        }
        reader.end();
        drain(reader, tags);
        return new Result(tags, reader);
    }

    private static void drain(FlvReader reader, List<FlvTag> tags) throws MalformedException {
        for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
            tags.add(tag.get());
        }
    }

    private static void check(String hex, List<FlvTag> tags, FlvDamage damage) throws MalformedException {
        for (int pieceBytes : new int[] {hex.length(), 1, 7}) {
            Result result = read(hex, pieceBytes);
            assertEquals(tags, result.tags(), "pieces of " + pieceBytes);
            assertEquals(damage, result.reader().damage(), "pieces of " + pieceBytes);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            audio,              08 000001 00000a 00 000000 ff 0000000c,  8,          10
            video,              09 000001 00000a 00 000000 ff 0000000c,  9,          10
            script,             12 000001 00000a 00 000000 ff 0000000c, 18,          10
            script with prefix, 0f 000001 00000a 00 000000 ff 0000000c, 15,          10
            extended time,      08 000001 000000 01 000000 ff 0000000c,  8,    16777216
            largest time,       08 000001 ffffff 7f 000000 ff 0000000c,  8,  2147483647
            negative time,      08 000001 fffffe ff 000000 ff 0000000c,  8,          -2
            """)
    void readsAndWritesOneTag(String name, String wire, int typeId, int timestampMillis) throws Exception {
        FlvTag tag = tag(typeId, timestampMillis, "ff");
        check(HEADER + wire, List.of(tag), FlvDamage.NONE);
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            FlvWriter.write(new FlvHeader(true, true), out);
            FlvWriter.write(tag, out);
            assertEquals(Bytes.takeOver(TrackedBuffers.bytes(HEADER + wire)), Bytes.copyOf(out));
            out.release();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            audio and video, 464c56 01 05 00000009 00000000,      true,  true
            audio,           464c56 01 04 00000009 00000000,      true,  false
            nothing,         464c56 01 00 00000009 00000000,      false, false
            longer header,   464c56 01 01 0000000b cafe 00000000, false, true
            size 0,          464c56 01 01 00000000 00000000,      false, true
            size 8,          464c56 01 01 00000008 00000000,      false, true
            size 2^31,       464c56 01 01 80000000 00000000,      false, true
            """)
    void readsTheFileHeader(String name, String wire, boolean audio, boolean video) throws Exception {
        Result result = read(wire + AUDIO, 1);
        assertEquals(Optional.of(new FlvHeader(audio, video)), result.reader().header());
        assertEquals(List.of(AUDIO_TAG), result.tags());
        assertEquals(FlvDamage.NONE, result.reader().damage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            one wrong byte,      58,                    begins with 58
            second byte wrong,   46 00,                 begins with 4600
            another format,      00000018 66747970,     begins with 00
            """)
    void refusesWhatIsNoFlv(String name, String wire, String reason) {
        MalformedException e = assertThrows(MalformedException.class, () -> read(wire, 1));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void aShortFileHasNoTagAndNoFailure() throws Exception {
        check("46", List.of(), new FlvDamage(0, 1, 0, 0, 1));
        check("464c56 01 05 00000009", List.of(), new FlvDamage(0, 9, 0, 0, 1));
        check(HEADER, List.of(), FlvDamage.NONE);
        check("", List.of(), FlvDamage.NONE);
    }

    @Test
    void aWrongBackPointerIsCountedWhereATagFollows() throws Exception {
        String wrong = AUDIO.replace("0000000e", "00000000");
        check(HEADER + wrong + VIDEO, List.of(AUDIO_TAG, VIDEO_TAG), new FlvDamage(0, 0, 1, 0, 0));
        check(HEADER + VIDEO + wrong, List.of(VIDEO_TAG, AUDIO_TAG), new FlvDamage(0, 0, 1, 0, 0));
    }

    @Test
    void findsTheNextTagAfterRubbish() throws Exception {
        check(HEADER + AUDIO + "00112233445566778899aabbccddeeff" + VIDEO, List.of(AUDIO_TAG, VIDEO_TAG), new FlvDamage(1, 16, 0, 0, 0));
    }

    @Test
    void oneByteTooManyCostsNoTag() throws Exception {
        check(HEADER + AUDIO + "ff" + VIDEO, List.of(AUDIO_TAG, VIDEO_TAG), new FlvDamage(1, 1, 0, 0, 0));
    }

    @Test
    void rubbishThatLooksLikeATagIsPassedOver() throws Exception {
        // The header of a tag with 5 bytes, but no right size behind it.
        String decoy = "08 000005 000000 00 000000 0102";
        check(HEADER + AUDIO + "ff" + decoy + VIDEO, List.of(AUDIO_TAG, VIDEO_TAG), new FlvDamage(1, 14, 0, 0, 0));
    }

    @Test
    void aDamagedSizeCostsOneTag() throws Exception {
        // The first tag says 0x60 bytes: that is the middle of what follows, where neither size nor header is right.
        String damaged = "08 000060 00000a 00 000000 af01ca 0000000e";
        check(
                HEADER + damaged + VIDEO.repeat(6),
                List.of(VIDEO_TAG, VIDEO_TAG, VIDEO_TAG, VIDEO_TAG, VIDEO_TAG, VIDEO_TAG),
                new FlvDamage(1, 18, 0, 0, 0));
    }

    @Test
    void aDamagedSizeThatEndsWhereAnotherTagEndsCostsOneTag() throws Exception {
        // 3 bytes become 3 + 4 + 11 + 6: up to the end of the body of the tag behind.
        String damaged = AUDIO.replace("08 000003", "08 000018");
        check(HEADER + damaged + VIDEO + AUDIO, List.of(VIDEO_TAG, AUDIO_TAG), new FlvDamage(1, 18, 0, 0, 0));
        check(HEADER + damaged + VIDEO, List.of(VIDEO_TAG), new FlvDamage(1, 18, 0, 0, 0));
    }

    @Test
    void aHugeSizeAtTheEndHidesNoWholeTag() throws Exception {
        String huge = "09 ffffff 000014 00 000000 27010000";
        Result result = read(HEADER + AUDIO + huge + AUDIO, 1);
        assertEquals(List.of(AUDIO_TAG, AUDIO_TAG), result.tags());
        assertEquals(new FlvDamage(0, 15, 0, 0, 1), result.reader().damage());
    }

    @Test
    void aTruncatedTagIsCounted() throws Exception {
        check(HEADER + AUDIO + "09 000006 000014 00 000000 2701", List.of(AUDIO_TAG), new FlvDamage(0, 13, 0, 0, 1));
        check(HEADER + AUDIO + "09 0000", List.of(AUDIO_TAG), new FlvDamage(0, 3, 0, 0, 1));
    }

    @Test
    void encryptedTagsAreLeftOut() throws Exception {
        check(HEADER + "28 000003 00000a 00 000000 af01ca 0000000e" + VIDEO, List.of(VIDEO_TAG), new FlvDamage(0, 0, 0, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({"00", "1f", "48", "ff"})
    void otherTagTypesAreDamage(String type) throws Exception {
        check(HEADER + type + " 000003 00000a 00 000000 af01ca 0000000e" + VIDEO, List.of(VIDEO_TAG), new FlvDamage(1, 18, 0, 0, 0));
    }

    @Test
    void aTagIsAFrame() throws Exception {
        assertEquals(10, AUDIO_TAG.toFrame().timestampMillis());
        FlvTag script = tag(15, 0, "00 02 000a 6f6e4d65746144617461 08 00000000 000009");
        assertEquals(dev.millrace.media.FrameInfo.METADATA, script.toFrame().info());
        assertThrows(MalformedException.class, () -> tag(18, 0, "05").toFrame());
        assertEquals(AUDIO_TAG, FlvTag.of(AUDIO_TAG.toFrame(), 10));
    }

    @Test
    void tagsThatNoFileCanHoldAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> tag(7, 0, ""));
        assertThrows(IllegalArgumentException.class, () -> new FlvTag(8, 0, Bytes.takeOver(new byte[1 << 24])));
        FlvReader reader = new FlvReader();
        reader.end();
        assertThrows(IllegalStateException.class, () -> reader.append(Unpooled.EMPTY_BUFFER));
    }
}
