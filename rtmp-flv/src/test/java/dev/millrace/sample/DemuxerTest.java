package dev.millrace.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.RandomAccess;
import dev.millrace.media.StreamHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// Messages are written out by hand from FLV E.4 and Enhanced RTMP v2; access units from ISO/IEC 14496-15, 5.3.2.
class DemuxerTest {

    private static final String SPS = "6764000cacd941419f9f011000000300100000030140f1429960";
    private static final String OTHER_SPS = SPS.replace("6764000c", "6764000d");
    private static final String PPS = "68ef8fcb";
    private static final String OTHER_PPS = "68ef8fcc";
    private static final String AVC = header(SPS, PPS);
    private static final String KEY = "1701000000 00000002 6588";
    private static final String INTER = "2701000000 00000002 4188";
    private static final String AAC = "af00 1210"; // LC, 44.1 kHz, stereo

    private final List<String> events = new ArrayList<>();
    private final List<TrackFormat> formats = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final Demuxer demuxer = new Demuxer(new SampleSubscriber() {
        @Override
        public void onFormat(TrackFormat format) {
            events.add("format " + format.kind() + " " + format.trackId() + " " + format.codec());
            formats.add(format);
        }

        @Override
        public void onSample(Sample sample) {
            events.add("sample " + sample.kind() + " " + sample.trackId());
            samples.add(sample);
        }

        @Override
        public void onData(DataMessage message) {
            events.add("data " + message.timeMicros() + " " + message.metadata());
        }

        @Override
        public void onSkipped(MediaKind kind, SkipReason reason) {
            events.add("skipped " + kind + " " + reason);
        }

        @Override
        public void onGap(long lostFrames) {
            events.add("gap " + lostFrames);
        }
    });

    private static String header(String sps, String pps) {
        return "1700000000 01" + sps.substring(2, 8) + "ffe1001a" + sps + "010004" + pps + (sps.startsWith("6764") ? "fdf8f800" : "");
    }

    private static String unit(String... nalUnits) {
        StringBuilder text = new StringBuilder();
        for (String nalUnit : nalUnits) {
            text.append(String.format("%08x", nalUnit.length() / 2)).append(nalUnit);
        }
        return text.toString();
    }

    private void video(long millis, String... messages) throws MalformedException {
        for (String message : messages) {
            demuxer.onFrame(FlvFrames.video(millis, TrackedBuffers.bytes(message)));
        }
    }

    private void audio(long millis, String... messages) throws MalformedException {
        for (String message : messages) {
            demuxer.onFrame(FlvFrames.audio(millis, TrackedBuffers.bytes(message)));
        }
    }

    private Sample only() {
        assertEquals(1, samples.size(), events::toString);
        return samples.get(0);
    }

    private static Bytes bytes(String hex) {
        return Bytes.takeOver(TrackedBuffers.bytes(hex));
    }

    @Test
    void announcesAFormatBeforeTheSampleThatNeedsIt() throws Exception {
        video(0, AVC, KEY, INTER);
        audio(0, AAC, "af01 2100");
        assertEquals(
                List.of("format VIDEO 0 AVC", "sample VIDEO 0", "sample VIDEO 0", "format AUDIO 0 AAC", "sample AUDIO 0"), events);
        VideoFormat format = (VideoFormat) formats.get(0);
        assertEquals("avc1.64000c", format.codecString().orElseThrow());
        assertEquals(320, format.width());
        assertEquals(180, format.height());
        assertEquals(List.of(bytes(SPS), bytes(PPS)), format.parameterSets());
        assertSame(format, samples.get(1).format());
        AudioFormat sound = (AudioFormat) formats.get(1);
        assertEquals(44_100, sound.sampleRateHz());
        assertEquals(1_024, sound.samplesPerFrame());
        assertEquals(1_024, samples.get(2).samples());
    }

    @Test
    void aRepeatedHeaderAndAnotherPpsAreNoChange() throws Exception {
        video(0, AVC, AVC, KEY);
        video(40, header(SPS, OTHER_PPS), KEY);
        video(80, "1701000000" + unit(SPS, PPS, "6588"));
        assertEquals(1, formats.size());
        assertEquals(List.of(bytes(SPS), bytes(OTHER_PPS)), ((VideoFormat) samples.get(1).format()).parameterSets());
        assertEquals(List.of(bytes(SPS), bytes(PPS)), ((VideoFormat) samples.get(2).format()).parameterSets());
        assertTrue(samples.get(2).format().continues(samples.get(0).format()));
    }

    @Test
    void anotherSpsInAnAccessUnitIsAChange() throws Exception {
        video(0, AVC, KEY, "1701000000" + unit(OTHER_SPS, PPS, "6588"), INTER, AVC, KEY);
        assertEquals(2, formats.size());
        assertEquals("avc1.64000d", formats.get(1).codecString().orElseThrow());
        assertSame(formats.get(1), samples.get(1).format());
        assertFalse(formats.get(1).continues(formats.get(0)));
        assertSame(formats.get(1), samples.get(3).format(), "the header is a repetition");
    }

    @Test
    void parameterSetsMayHaveAMessageOfTheirOwn() throws Exception {
        video(0, "1701000000" + unit(SPS, PPS), KEY);
        assertEquals(320, ((VideoFormat) samples.get(1).format()).width());
        assertFalse(samples.get(0).isDecodable());
        assertTrue(samples.get(1).isDecodable());
    }

    @Test
    void parameterSetsBehindASliceAndInAnInterFrameDoNotCount() throws Exception {
        video(0, AVC, "1701000000" + unit("6588", OTHER_SPS, PPS), "2701000000" + unit(OTHER_SPS, PPS, "4188"));
        assertEquals(1, formats.size());
    }

    @Test
    void aFormatThatComesBackIsTheFormer() throws Exception {
        video(0, AVC, KEY, header(OTHER_SPS, PPS), KEY, AVC, KEY);
        assertEquals(3, formats.size());
        assertEquals(formats.get(0), formats.get(2));
    }

    @Test
    void aStrayMessageOfAnotherCodecCostsNothing() throws Exception {
        video(0, AVC, KEY, "93 68766331 00000002 2601", INTER);
        assertEquals(List.of(Codec.AVC, Codec.HEVC, Codec.AVC), formats.stream().map(TrackFormat::codec).toList());
        assertSame(samples.get(0).format(), samples.get(2).format());
    }

    @Test
    void aConfigurationThatCannotBeParsedLeavesTheFormatInForce() throws Exception {
        video(0, AVC, "1700000000 0264000cff", KEY);
        assertEquals(List.of("format VIDEO 0 AVC", "skipped VIDEO BROKEN_CONFIGURATION", "sample VIDEO 0"), events);
        assertEquals(320, ((VideoFormat) only().format()).width());
    }

    @Test
    void aSubscriptionStartsWithTheHeadersThatItIsGiven() throws Exception {
        MediaFrame header = FlvFrames.video(7, TrackedBuffers.bytes(AVC));
        video(0, header(OTHER_SPS, PPS));
        demuxer.onStart(StreamHeaders.EMPTY.with(header));
        video(40, INTER);
        assertEquals(List.of("format VIDEO 0 AVC", "format VIDEO 0 AVC", "sample VIDEO 0"), events);
        assertEquals("avc1.64000c", only().format().codecString().orElseThrow());
        demuxer.onGap(3);
        assertEquals("gap 3", events.get(3));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            composition time          | 4294967376 | 1701000050 00000002 6588                           | 4294967376000 | 4294967456000
            negative composition time | 1000       | 27 01 ffffd8 00000002 4188                         | 1000000       | 960000
            negative time             | -20        | 1701000000 00000002 6588                           | -20000        | -20000
            ModEx nanoseconds         | 1000       | 97 02 07a120 01 61766331 000028 00000002 6588      | 1000000       | 1040500
            no composition time       | 1000       | 93 61766331 00000002 6588                          | 1000000       | 1000000
            """)
    void timesAreInMicroseconds(String name, long millis, String message, long decode, long presentation) throws Exception {
        video(0, AVC);
        video(millis, message);
        assertEquals(decode, only().decodeTimeMicros());
        assertEquals(presentation, only().presentationTimeMicros());
    }

    // SEI: type 6, size, recovery_frame_cnt as ue(v): 80 is 0, 20 is 3 (00100); type 5 is user data.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            IDR                               | 17010000 00 00000002 6588                                   | CLEAN
            IDR that is called inter          | 27010000 00 00000002 6588                                   | CLEAN
            inter that is called key          | 17010000 00 00000002 4188                                   | NONE
            recovery point                    | 17010000 00 00000004 06060180 00000002 4188                 | OPEN
            recovery point behind user data   | 17010000 00 00000008 0605020102060180 00000002 4188         | OPEN
            the same in two NAL units         | 17010000 00 00000005 0605020102 00000005 0606018080 00000002 4188 | OPEN
            behind an emulation prevention    | 17010000 00 0000000b 0605040000030102060180 00000002 4188   | OPEN
            recovery over pictures            | 17010000 00 00000005 0606012080 00000002 4188               | GRADUAL
            recovery point, not called key    | 27010000 00 00000005 0606018080 00000002 4188               | NONE
            broken lengths, called key        | 17010000 00 00000009 6588                                   | CLEAN
            start codes                       | 17010000 00 00000001 0910 000001 6588                       | CLEAN
            """)
    void whatIsCodedDecidesWhereDecodingCanStart(String name, String message, RandomAccess expected) throws Exception {
        video(0, AVC, message);
        assertEquals(expected, only().randomAccess());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            HEVC IDR        | b3 68766331 00000003 260180 | CLEAN
            HEVC CRA        | b3 68766331 00000003 2a0180 | OPEN
            HEVC BLA_W_LP   | b3 68766331 00000003 200180 | OPEN
            HEVC trailing   | 93 68766331 00000003 020180 | NONE
            VVC GDR         | 93 76766331 00000003 005180 | GRADUAL
            VP9 key         | a3 76703039 824983420027f0167600 | CLEAN
            VP8 inter       | 93 76703038 1100009d012a4001b400 | NONE
            Sorenson key    | 12 00 | CLEAN
            Sorenson inter  | 22 00 | NONE
            """)
    void otherCodecs(String name, String message, RandomAccess expected) throws Exception {
        video(0, message);
        assertEquals(expected, only().randomAccess());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            length past the end | 00000009 6588            | false
            no NAL unit         | 00000000                 | false
            no slice            | 00000002 0605            | false
            zeros as padding    | 00000002 6588 000000     | true
            start codes         | 00000001 0910 000001 6588 | true
            """)
    void tellsWhetherThereIsAPicture(String name, String unit, boolean decodable) throws Exception {
        video(0, AVC, "1701000000" + unit);
        assertEquals(decodable, only().isDecodable());
    }

    @Test
    void splitsMessagesOfManyTracks() throws Exception {
        // Two tracks of one codec, then two of different codecs, then one track that is named.
        video(0, "96 10 61766331 00 00002d" + AVC.substring(10) + "03 00002d" + AVC.substring(10));
        video(40, "96 21 61766331 00 000009 000014 00000002 6588 68766331 01 00000a 000000 00000003 260180");
        video(80, "a6 01 61766331 03 000000 00000002 4188");
        assertEquals(
                List.of(
                        "format VIDEO 0 AVC",
                        "format VIDEO 3 AVC",
                        "sample VIDEO 0",
                        "format VIDEO 1 HEVC",
                        "sample VIDEO 1",
                        "sample VIDEO 3"),
                events);
        assertEquals(60_000, samples.get(0).presentationTimeMicros());
        assertEquals(bytes("00000002 6588"), samples.get(0).payload());
        assertEquals(bytes("00000003 260180"), samples.get(1).payload());
        assertEquals(320, ((VideoFormat) samples.get(2).format()).width());
    }

    @Test
    void takesNoMoreThan16TracksOfAKind() throws Exception {
        for (int track = 0; track < 18; track++) {
            video(0, String.format("96 01 61766331 %02x 000000 00000002 6588", track));
        }
        assertEquals(16, samples.size());
        assertEquals(2, events.stream().filter("skipped VIDEO TOO_MANY_TRACKS"::equals).count());
    }

    @Test
    void skipsBrokenMessages() {
        FrameInfo info = new FrameInfo(MediaKind.VIDEO, FrameRole.CODED, Codec.AVC, 0, false, false);
        demuxer.onFrame(MediaFrame.takeOver(info, 0, TrackedBuffers.bytes("17")));
        demuxer.onFrame(MediaFrame.takeOver(info, 0, new byte[0]));
        assertEquals(List.of("skipped VIDEO BROKEN_MESSAGE", "skipped VIDEO BROKEN_MESSAGE"), events);
    }

    // A frame of MP3 at 128 kbit/s and 44.1 kHz is 417 bytes, one of AC-3 at 32 kbit/s and 48 kHz 128, a packet of Opus here 20 ms.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            one MP3 frame      | 2f | fffb9064 | 417 | 1 | 44100 | 1152
            two MP3 frames     | 2f | fffb9064 | 417 | 2 | 44100 | 2304
            two AC-3 frames    | 91 61632d33 | 0b77000000404300 | 128 | 2 | 48000 | 3072
            """)
    void countsTheSamplesOfAllFrames(String name, String tag, String start, int frameBytes, int frames, int rate, int expected)
            throws Exception {
        String frame = start + "00".repeat(frameBytes - start.length() / 2);
        audio(0, tag + frame.repeat(frames));
        assertEquals(expected, only().samples());
        assertEquals(rate, ((AudioFormat) only().format()).codedSampleRateHz());
        assertTrue(only().isDecodable());
    }

    // RFC 6716, 3.1: configuration 15 is hybrid, 20 ms; RFC 9639, 9.1.1: block size code 12 is 4096.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Opus              | 91 4f707573 7800       | 960  | true
            Opus cut off      | 91 4f707573 7b         | 0    | false
            FLAC of 4096      | 91 664c6143 fff8c9a8 00 00 | 4096 | true
            FLAC of 1 + 0xff  | 91 664c6143 fff869a8 00 ff 00 | 256 | true
            FLAC without sync | 91 664c6143 00f8c9a8 00 00 | 0 | false
            AC-3 without sync | 91 61632d33 00770000 | 0 | false
            """)
    void otherAudio(String name, String message, int expected, boolean decodable) throws Exception {
        audio(0, message);
        assertEquals(expected, only().samples());
        assertEquals(decodable, only().isDecodable());
    }

    @Test
    void legacySoundIsKnownByItsTag() throws Exception {
        audio(0, "72 00", "72 01");
        assertEquals(1, formats.size());
        assertEquals(8_000, ((AudioFormat) formats.get(0)).sampleRateHz());
    }

    @Test
    void deliversDataWithItsTime() throws Exception {
        demuxer.onFrame(MediaFrame.takeOver(FrameInfo.DATA, 5, TrackedBuffers.bytes("020001 78")));
        demuxer.onFrame(MediaFrame.takeOver(FrameInfo.METADATA, 6, TrackedBuffers.bytes("020001 78")));
        assertEquals(List.of("data 5000 false", "data 6000 true"), events);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            sets in front        | 1701000000 00000002 6588                    | SPS PPS 6588
            behind the delimiter | 1701000000 00000002 0910 00000002 6588      | 0910 SPS PPS 6588
            not of inter frames  | 2701000000 00000002 0910 00000002 4188      | 0910 4188
            """)
    void writesAByteStream(String name, String message, String expected) throws Exception {
        video(0, AVC, message);
        StringBuilder wire = new StringBuilder();
        for (String nalUnit : expected.replace("SPS", SPS).replace("PPS", PPS).split(" ")) {
            wire.append("00000001").append(nalUnit);
        }
        assertArrayEquals(TrackedBuffers.bytes(wire.toString()), only().toElementary());
    }

    @Test
    void doesNotDoubleParameterSets() throws Exception {
        video(0, AVC, "1701000000" + unit(SPS, PPS, "6588"));
        assertArrayEquals(
                TrackedBuffers.bytes("00000001" + SPS + "00000001" + PPS + "00000001 6588"), only().toElementary());
        assertTrue(only().hasParameterSets());
    }

    // ADTS (ISO/IEC 14496-3, 1.A.2.2): AAC LC, 44.1 kHz, stereo, 7 + 2 bytes.
    @Test
    void writesAdts() throws Exception {
        audio(0, AAC, "af01 2100");
        ByteBuffer out = ByteBuffer.allocate(9);
        only().writeElementaryTo(out);
        assertArrayEquals(TrackedBuffers.bytes("fff15080 013ffc 2100"), out.array());
        ByteBuffer small = ByteBuffer.allocate(8);
        assertThrows(BufferOverflowException.class, () -> only().writeElementaryTo(small));
        assertEquals(0, small.position());
    }

    @Test
    void leavesTheBufferAloneWhereAdtsCannotExpressTheTrack() throws Exception {
        audio(0, "af00 1214", "af01 2100"); // frames of 960 samples
        ByteBuf out = Unpooled.buffer();
        assertThrows(MalformedException.class, () -> only().writeElementaryTo(out));
        assertEquals(0, out.readableBytes());
    }

    @Test
    void showsNalUnitsAsRangesOfThePayload() throws Exception {
        video(0, AVC, "1701000000 00000002 0910 00000003 658877");
        Sample sample = only();
        assertEquals(2, sample.nalUnitCount());
        assertEquals(10, sample.nalUnitOffset(1));
        assertEquals(3, sample.nalUnitLength(1));
        byte[] slice = new byte[3];
        sample.getBytes(10, slice, 0, 3);
        assertArrayEquals(TrackedBuffers.bytes("658877"), slice);
        assertThrows(IndexOutOfBoundsException.class, () -> sample.getBytes(11, slice, 0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> sample.byteAt(13));
        assertThrows(IndexOutOfBoundsException.class, () -> sample.nalUnitLength(2));
    }
}
