package dev.millrace.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamHeadersTest {

    private static final MediaFrame METADATA = MediaFrame.copyOf(FrameInfo.METADATA, 0, new byte[] {2, 0, 1, 'm'});
    private static final MediaFrame AVC = header(MediaKind.VIDEO, FrameRole.SEQUENCE_HEADER, Codec.AVC, 0, 1);
    private static final MediaFrame AAC = header(MediaKind.AUDIO, FrameRole.SEQUENCE_HEADER, Codec.AAC, 0, 1);

    private static MediaFrame header(MediaKind kind, FrameRole role, Codec codec, int trackId, int content) {
        return MediaFrame.copyOf(new FrameInfo(kind, role, codec, trackId, false, false), 40, new byte[] {(byte) content});
    }

    @Test
    void listsMetadataThenVideoThenAudioByTrack() {
        MediaFrame secondVideo = header(MediaKind.VIDEO, FrameRole.SEQUENCE_HEADER, Codec.HEVC, 1, 2);
        MediaFrame secondAudio = header(MediaKind.AUDIO, FrameRole.SEQUENCE_HEADER, Codec.OPUS, 3, 2);
        StreamHeaders headers = StreamHeaders.EMPTY.with(secondAudio).with(AAC).with(secondVideo).with(METADATA).with(AVC);
        assertEquals(List.of(METADATA, AVC, secondVideo, AAC, secondAudio), headers.changesSince(StreamHeaders.EMPTY));
        assertEquals(Optional.of(METADATA), headers.metadata());
        assertEquals(Optional.of(secondVideo), headers.track(MediaKind.VIDEO, 1).flatMap(TrackHeaders::sequenceHeader));
        assertEquals(Optional.empty(), headers.track(MediaKind.VIDEO, 2));
    }

    @Test
    void aRepetitionIsNoChange() {
        StreamHeaders headers = StreamHeaders.EMPTY.with(METADATA).with(AVC);
        assertSame(headers, headers.with(header(MediaKind.VIDEO, FrameRole.SEQUENCE_HEADER, Codec.AVC, 0, 1).atTime(5_000)));
        assertSame(headers, headers.with(METADATA.atTime(7)));
        assertEquals(List.of(), headers.changesSince(headers));
    }

    @Test
    void tellsWhatDiffersOnly() {
        StreamHeaders before = StreamHeaders.EMPTY.with(METADATA).with(AVC).with(AAC);
        MediaFrame changed = header(MediaKind.VIDEO, FrameRole.SEQUENCE_HEADER, Codec.AVC, 0, 9);
        StreamHeaders after = before.with(changed);
        assertNotSame(before, after);
        assertEquals(List.of(changed), after.changesSince(before));
    }

    @Test
    void aNewSequenceHeaderForgetsTheConfigurationOfTheOldOne() {
        MediaFrame layout = header(MediaKind.AUDIO, FrameRole.CONFIGURATION, Codec.AAC, 0, 7);
        StreamHeaders headers = StreamHeaders.EMPTY.with(AAC).with(layout);
        assertEquals(List.of(AAC, layout), headers.changesSince(StreamHeaders.EMPTY));
        MediaFrame other = header(MediaKind.AUDIO, FrameRole.SEQUENCE_HEADER, Codec.AAC, 0, 2);
        assertEquals(List.of(other), headers.with(other).changesSince(headers));
        assertEquals(Optional.empty(), headers.with(other).track(MediaKind.AUDIO, 0).flatMap(TrackHeaders::configuration));
    }

    @Test
    void aConfigurationComesAgainAfterItsSequenceHeaderChanged() {
        MediaFrame layout = header(MediaKind.AUDIO, FrameRole.CONFIGURATION, Codec.AAC, 0, 7);
        MediaFrame other = header(MediaKind.AUDIO, FrameRole.SEQUENCE_HEADER, Codec.AAC, 0, 2);
        StreamHeaders before = StreamHeaders.EMPTY.with(AAC).with(layout);
        assertEquals(List.of(other, layout), before.with(other).with(layout).changesSince(before));
    }

    @Test
    void keepsSixteenTracksOfAKind() {
        StreamHeaders headers = StreamHeaders.EMPTY.with(AAC);
        for (int track = 0; track < StreamHeaders.MAX_TRACKS; track++) {
            headers = headers.with(header(MediaKind.VIDEO, FrameRole.SEQUENCE_HEADER, Codec.AVC, track, track));
        }
        assertSame(headers, headers.with(header(MediaKind.VIDEO, FrameRole.SEQUENCE_HEADER, Codec.AVC, 16, 1)));
        assertNotSame(headers, headers.with(header(MediaKind.VIDEO, FrameRole.SEQUENCE_HEADER, Codec.AVC, 15, 99)));
        assertNotSame(headers, headers.with(header(MediaKind.AUDIO, FrameRole.SEQUENCE_HEADER, Codec.AAC, 1, 1)));
    }

    @Test
    void refusesWhatIsNoHeaderOfOneTrack() {
        MediaFrame coded = header(MediaKind.VIDEO, FrameRole.CODED, Codec.AVC, 0, 1);
        assertThrows(IllegalArgumentException.class, () -> StreamHeaders.EMPTY.with(coded));
        FrameInfo many = new FrameInfo(MediaKind.VIDEO, FrameRole.SEQUENCE_HEADER, Codec.AVC, 0, false, true);
        assertThrows(IllegalArgumentException.class, () -> StreamHeaders.EMPTY.with(MediaFrame.copyOf(many, 0, new byte[1])));
    }
}
