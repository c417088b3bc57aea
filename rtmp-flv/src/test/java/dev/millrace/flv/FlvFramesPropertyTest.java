package dev.millrace.flv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Codec;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class FlvFramesPropertyTest {

    /** One track of a message of many tracks. */
    record Part(int trackId, Codec codec, int compositionTimeMillis, byte[] body) {}

    @Property
    void anyBytesAreAFrameOrAreRefused(@ForAll byte[] message) {
        check(message);
    }

    @Property
    void anythingBehindAHeaderIsAFrameOrIsRefused(@ForAll("headers") byte[] header, @ForAll byte[] rest) {
        byte[] message = Arrays.copyOf(header, header.length + rest.length);
        System.arraycopy(rest, 0, message, header.length, rest.length);
        check(message);
    }

    @Property
    void aMessageWithAnotherByteIsAFrameOrIsRefused(
            @ForAll("messages") byte[] message, @ForAll @IntRange(max = 63) int at, @ForAll @IntRange(min = 1, max = 255) int flipped) {
        message[at % message.length] ^= (byte) flipped;
        check(message);
    }

    @Property
    void aMessageCutOffIsAFrameOrIsRefused(@ForAll("messages") byte[] message, @ForAll @IntRange(max = 63) int length) {
        check(Arrays.copyOf(message, length % message.length));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aMessageSplitsIntoItsTracks(@ForAll("parts") List<Part> parts) throws Exception {
        MediaFrame frame = FlvFrames.video(40, write(parts));
        assertTrue(frame.info().manyTracks());
        List<MediaFrame> split = FlvFrames.split(frame);
        assertEquals(parts.size(), split.size());
        for (int i = 0; i < parts.size(); i++) {
            VideoTag tag = VideoTag.parse(split.get(i).toByteArray());
            TagTrack track = tag.tracks().get(0);
            assertEquals(parts.get(i).trackId(), track.trackId());
            assertEquals(parts.get(i).codec(), track.codec());
            assertEquals(parts.get(i).compositionTimeMillis(), track.compositionTimeMillis());
            byte[] body = new byte[track.bodyLength()];
            split.get(i).getBytes(track.bodyOffset(), body, 0, body.length);
            assertArrayEquals(parts.get(i).body(), body);
        }
    }

    /** Parses as audio and as video. Nothing but the one exception may come out, and what is told of the message must be in the message. */
    private static void check(byte[] message) {
        try {
            checkTracks(VideoTag.parse(message).tracks(), message);
            checkFrame(FlvFrames.video(40, message.clone()));
        } catch (MalformedException refused) {
            // the only one allowed
        }
        try {
            if (message.length > 0) {
                checkTracks(AudioTag.parse(message).tracks(), message);
            }
            checkFrame(FlvFrames.audio(40, message.clone()));
        } catch (MalformedException refused) {
            // the only one allowed
        }
    }

    /** At most sixteen bodies, one behind the other: whoever reads them all reads no byte twice. */
    private static void checkTracks(List<TagTrack> tracks, byte[] message) {
        assertTrue(tracks.size() <= 16);
        assertEquals(tracks.size(), tracks.stream().map(TagTrack::trackId).distinct().count());
        int end = 1;
        for (TagTrack track : tracks) {
            assertTrue(track.bodyOffset() >= end && track.bodyLength() >= 0);
            end = track.bodyOffset() + track.bodyLength();
        }
        assertTrue(end <= Math.max(1, message.length));
    }

    private static void checkFrame(MediaFrame frame) throws MalformedException {
        for (MediaFrame part : FlvFrames.split(frame)) {
            assertFalse(part.info().manyTracks());
            checkSame(part);
            assertTrue(part.size() <= frame.size() + 1);
        }
        for (boolean legacy : new boolean[] {false, true}) {
            Optional<MediaFrame> plain = FlvFrames.plain(frame, legacy);
            if (plain.isPresent()) {
                assertEquals(0, plain.get().trackId());
                checkSame(plain.get());
                assertSame(plain.get(), FlvFrames.plain(plain.get(), legacy).orElseThrow());
            }
        }
    }

    /** What a frame says of itself is what its bytes say. */
    private static void checkSame(MediaFrame frame) throws MalformedException {
        byte[] bytes = frame.toByteArray();
        MediaFrame again = frame.kind() == MediaKind.VIDEO ? FlvFrames.video(40, bytes) : FlvFrames.audio(40, bytes);
        assertTrue(again.hasSameContent(frame));
        assertEquals(frame.timestampMillis(), again.timestampMillis());
    }

    private static byte[] write(List<Part> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(TrackedBuffers.bytes("96 21"));
        for (Part part : parts) {
            boolean composed = part.codec() != Codec.AV1;
            out.writeBytes(part.codec().fourCc().orElseThrow().getBytes(StandardCharsets.US_ASCII));
            out.write(part.trackId());
            writeMedium(out, part.body().length + (composed ? 3 : 0));
            if (composed) {
                writeMedium(out, part.compositionTimeMillis());
            }
            out.writeBytes(part.body());
        }
        return out.toByteArray();
    }

    private static void writeMedium(ByteArrayOutputStream out, int value) {
        out.write(value >> 16);
        out.write(value >> 8);
        out.write(value);
    }

    @Provide
    Arbitrary<List<Part>> parts() {
        Arbitrary<Integer> times = Arbitraries.oneOf(
                Arbitraries.of(0, -1, 8388607, -8388608), Arbitraries.integers().between(-8388608, 8388607));
        Arbitrary<Part> composed = Combinators.combine(
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.of(Codec.AVC, Codec.HEVC, Codec.VVC),
                        times,
                        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(20))
                .as(Part::new);
        Arbitrary<Part> uncomposed = composed.map(part -> new Part(part.trackId(), Codec.AV1, 0, part.body()));
        return Arbitraries.oneOf(composed, uncomposed).list().ofMinSize(1).ofMaxSize(16).uniqueElements(Part::trackId);
    }

    @Provide
    Arbitrary<byte[]> headers() {
        return Arbitraries.of(
                        "17", "1701", "1c01", "57", "91", "91 68766331", "93 61766331", "90 61763031", "81 76703039", "d4 68766331",
                        "96", "9601 68766331", "9611 68766331", "9623", "8613 61766331", "97", "9702", "97ff", "9702 07a120", "af", "af00",
                        "91 4f707573", "94 4f707573", "95", "9501 6d703461", "9511 6d703461", "9521", "9702 07a120 05")
                .map(TrackedBuffers::bytes);
    }

    @Provide
    Arbitrary<byte[]> messages() {
        return Arbitraries.of(
                        "17 00 000000 0164000c", "17 01 0000c8 0000000165", "27 01 ffffd8 0000000141", "17 02 000000", "57 00",
                        "91 68766331 000050 000000022801", "83 61766331 0000000165", "81 61763031 1200 3202 1000", "81 76703039 824983",
                        "d4 68766331 020009", "96 01 61766331 01 000050 000002ac", "86 04 68766331 00 020009", "d1 00",
                        "a7 02 07a120 01 68766331 000050 2801", "97 00 ff 17 02 07a120 03 68766331 28", "97 ff 0002 07a120 03 61766331 28",
                        "96 13 61766331 00 000005 0000000165 01 000004 00000041", "86 11 68766331 02 000004 ffffff aa 00 000004 000050 bb",
                        "96 23 61766331 00 000005 0000000165 68766331 01 000004 00000041", "96 20 68766331 00 000002 0101 61763031 01 000001 81",
                        "af 00 1210", "af 01 2110", "2f fffb", "90 6d703461 1210", "91 6d703461 2110", "94 6d703461 01 06 0000003f",
                        "91 4f707573 f8b4", "90 61632d33", "95 00 6d703461 01 118856e500", "95 01 2e6d7033 00 fffb",
                        "95 11 6d703461 00 000002 2110 01 000001 21", "95 21 6d703461 00 000002 2110 4f707573 01 000001 f8")
                .map(TrackedBuffers::bytes);
    }
}
