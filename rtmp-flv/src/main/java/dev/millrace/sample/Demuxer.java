package dev.millrace.sample;

import dev.millrace.codec.AudioCoding;
import dev.millrace.codec.AudioDescription;
import dev.millrace.codec.Coding;
import dev.millrace.codec.VideoCoding;
import dev.millrace.codec.VideoDescription;
import dev.millrace.codec.legacy.LegacySound;
import dev.millrace.codec.nal.NalUnits;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.EndReason;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.RandomAccess;
import dev.millrace.media.StreamHeaders;
import dev.millrace.tag.TagHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Turns the messages of a stream into formats and samples.
 *
 * <p>Subscribe it to a stream, or feed it the frames of a file:
 *
 * <pre>{@code
 * source.subscribe(new Demuxer(sample -> decoder.decode(sample)), executor);
 * }</pre>
 *
 * <p>A message of several tracks gives a sample for each. Malformed messages are skipped, and the subscriber is told. Serves one subscription at a
 * time, and starts anew with {@link #onStart}. Confined to one thread at a time.
 */
public final class Demuxer implements MediaSubscriber {

    private static final long MICROS_PER_MILLI = 1_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int[] NO_NAL_UNITS = {};

    private final SampleSubscriber subscriber;
    private final TagHeader header = new TagHeader();
    private final NalUnits nalUnits = new NalUnits();
    private final List<Track> videoTracks = new ArrayList<>(1);
    private final List<Track> audioTracks = new ArrayList<>(1);

    /** One track, with the formats of all codecs that it has had: a stray message of another codec does not cost the one in force. */
    private static final class Track {
        private final int trackId;
        private final List<TrackFormat> formats = new ArrayList<>(1);
        private TrackFormat format;
        private Optional<TrackFormat> announced = Optional.empty();

        private Track(int trackId, Codec codec) {
            this.trackId = trackId;
            this.format = unconfigured(trackId, codec);
            formats.add(format);
        }

        private void select(Codec codec) {
            for (int i = 0; format.codec() != codec; i++) {
                if (i == formats.size()) {
                    formats.add(unconfigured(trackId, codec));
                }
                if (formats.get(i).codec() == codec) {
                    format = formats.get(i);
                }
            }
        }

        private void change(TrackFormat changed) {
            formats.replaceAll(known -> known.codec() == changed.codec() ? changed : known);
            format = changed;
        }

        private static TrackFormat unconfigured(int trackId, Codec codec) {
            return codec.kind() == MediaKind.VIDEO
                    ? new VideoFormat(trackId, codec, VideoDescription.UNKNOWN)
                    : new AudioFormat(trackId, codec, AudioDescription.UNKNOWN);
        }
    }

    /**
     * Creates a demuxer.
     *
     * @param subscriber receives formats and samples, on the thread that calls this object
     */
    public Demuxer(SampleSubscriber subscriber) {
        this.subscriber = Objects.requireNonNull(subscriber, "subscriber");
    }

    @Override
    public void onStart(StreamHeaders headers) {
        videoTracks.clear();
        audioTracks.clear();
        headers.changesSince(StreamHeaders.EMPTY).forEach(this::onFrame);
    }

    @Override
    public void onFrame(MediaFrame frame) {
        if (frame.kind() == MediaKind.DATA) {
            boolean metadata = frame.role() == FrameRole.METADATA;
            subscriber.onData(new DataMessage(frame.timestampMillis() * MICROS_PER_MILLI, metadata, frame.bytes()));
        } else if (frame.role() == FrameRole.CODED || frame.role() == FrameRole.SEQUENCE_HEADER) {
            media(frame);
        }
    }

    private void media(MediaFrame frame) {
        MediaKind kind = frame.kind();
        Bytes message = frame.bytes();
        try {
            header.parseNonEmpty(kind, message);
        } catch (MalformedException e) {
            subscriber.onSkipped(kind, SkipReason.BROKEN_MESSAGE);
            return;
        }
        List<Track> tracks = kind == MediaKind.VIDEO ? videoTracks : audioTracks;
        for (int i = 0; i < header.trackCount(); i++) {
            int at = indexOf(tracks, header.trackId(i));
            if (at == tracks.size() && at == StreamHeaders.MAX_TRACKS) {
                subscriber.onSkipped(kind, SkipReason.TOO_MANY_TRACKS);
                continue;
            }
            if (at == tracks.size()) {
                tracks.add(new Track(header.trackId(i), header.codec(i)));
            }
            Track track = tracks.get(at);
            track.select(header.codec(i));
            if (header.role() == FrameRole.SEQUENCE_HEADER) {
                configure(track, message.slice(header.bodyOffset(i), header.bodyLength(i)));
            } else if (header.role() == FrameRole.CODED) {
                Sample sample = sample(track, frame.timestampMillis() * MICROS_PER_MILLI, message, i);
                announce(track);
                subscriber.onSample(sample);
            }
        }
    }

    private static int indexOf(List<Track> tracks, int trackId) {
        int at = 0;
        while (at < tracks.size() && tracks.get(at).trackId != trackId) {
            at++;
        }
        return at;
    }

    private void configure(Track track, Bytes record) {
        Coding coding = Coding.of(track.format.codec());
        if (coding.hasConfigurationRecord() && !record.equals(track.format.configuration())) {
            try {
                if (coding instanceof VideoCoding video) {
                    track.change(new VideoFormat(track.trackId, track.format.codec(), video.configure(record)));
                } else if (coding instanceof AudioCoding audio) {
                    track.change(new AudioFormat(track.trackId, track.format.codec(), audio.configure(record)));
                }
            } catch (MalformedException e) {
                subscriber.onSkipped(track.format.kind(), SkipReason.BROKEN_CONFIGURATION);
            }
        }
        announce(track);
    }

    private void announce(Track track) {
        Optional<TrackFormat> before = track.announced;
        if (before.isPresent() && before.get() == track.format) {
            return; // nearly always
        }
        track.announced = Optional.of(track.format);
        if (before.isEmpty() || !track.format.continues(before.get())) {
            subscriber.onFormat(track.format);
        }
    }

    private Sample sample(Track track, long decodeTimeMicros, Bytes message, int index) {
        return track.format instanceof VideoFormat format
                ? video(track, format, decodeTimeMicros, message, index)
                : audio(track, (AudioFormat) track.format, decodeTimeMicros, message, index);
    }

    private Sample video(Track track, VideoFormat format, long decodeTimeMicros, Bytes message, int index) {
        int offset = header.bodyOffset(index);
        int length = header.bodyLength(index);
        VideoCoding coding = Coding.ofVideo(format.codec());
        int[] ranges = NO_NAL_UNITS;
        if (coding.hasNalUnits()) {
            nalUnits.scan(message, offset, length, format.nalUnitLengthBytes());
            ranges = nalUnits.ranges();
        }
        boolean decodable = coding.isDecodable(message, offset, length, nalUnits);
        boolean labelled = header.isLabelledKey();
        RandomAccess access = labelled ? RandomAccess.CLEAN : RandomAccess.NONE;
        if (decodable) {
            access = coding.randomAccess(message, offset, length, nalUnits, labelled);
        }
        try {
            VideoDescription learnt = coding.learn(format.description(), message, offset, length, nalUnits, access);
            if (learnt != format.description()) {
                track.change(new VideoFormat(track.trackId, format.codec(), learnt));
            }
        } catch (MalformedException e) {
            decodable = false;
        }
        long presentationTimeMicros = decodeTimeMicros + header.compositionTimeMillis(index) * MICROS_PER_MILLI + offsetMicros();
        return new Sample(
                track.format, decodeTimeMicros, presentationTimeMicros, access, decodable, 0, message, offset, length, ranges);
    }

    private long offsetMicros() {
        return (header.timestampOffsetNanos() + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO;
    }

    private Sample audio(Track track, AudioFormat format, long decodeTimeMicros, Bytes message, int index) {
        int offset = header.bodyOffset(index);
        int length = header.bodyLength(index);
        AudioCoding coding = Coding.ofAudio(format.codec());
        AudioDescription learnt = format.description();
        boolean decodable = true;
        int samples = 0;
        try {
            learnt = coding.learn(learnt, message, offset, length);
            samples = coding.samples(learnt, message, offset, length);
        } catch (MalformedException e) {
            decodable = false;
        }
        if (learnt.codecString().isEmpty() && !header.isEnhanced()) {
            Optional<LegacySound> sound = header.legacySound();
            learnt = sound.isPresent() ? coding.learn(learnt, sound.get()) : learnt;
        }
        if (learnt != format.description()) {
            track.change(new AudioFormat(track.trackId, format.codec(), learnt));
        }
        return new Sample(
                track.format,
                decodeTimeMicros,
                decodeTimeMicros + offsetMicros(),
                RandomAccess.CLEAN,
                decodable,
                samples,
                message,
                offset,
                length,
                NO_NAL_UNITS);
    }

    @Override
    public void onGap(long lostFrames) {
        subscriber.onGap(lostFrames);
    }

    @Override
    public void onBatchEnd() {
        subscriber.onBatchEnd();
    }

    @Override
    public void onEnd(EndReason reason) {
        subscriber.onEnd(reason);
    }
}
