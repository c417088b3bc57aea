package dev.millrace.track;

import dev.millrace.codec.av1.Av1CodecConfigurationRecord;
import dev.millrace.codec.av1.Av1Obu;
import dev.millrace.codec.av1.Av1TemporalUnit;
import dev.millrace.codec.avc.AvcAccessUnit;
import dev.millrace.codec.avc.AvcDecoderConfigurationRecord;
import dev.millrace.codec.hevc.HevcAccessUnit;
import dev.millrace.codec.hevc.HevcDecoderConfigurationRecord;
import dev.millrace.codec.nal.AccessUnit;
import dev.millrace.codec.nal.AnnexB;
import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.TagTrack;
import dev.millrace.flv.VideoTag;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Holds the newest keyframe of a stream's default video track, ready for a decoder: for AVC and HEVC with the parameter sets in front, for AV1 with
 * the sequence header. Other codecs give none.
 *
 * <p>Copies keyframes, and looks at nothing else. Frames come from one thread at a time; {@link #get()} can be called from any.
 */
public final class LatestKeyframe implements MediaSubscriber {

    private static final int DEFAULT_LENGTH_BYTES = 4;

    // NAL unit types, H.264 table 7-1 and H.265 table 7-1; OBU types, AV1 6.2.2.
    private static final Set<Integer> AVC_NEEDED = Set.of(7, 8);
    private static final int AVC_LAST_SLICE = 5;
    private static final int AVC_DELIMITER = 9;
    private static final Set<Integer> HEVC_NEEDED = Set.of(32, 33, 34);
    private static final int HEVC_LAST_SLICE = 31;
    private static final int HEVC_DELIMITER = 35;
    private static final int AV1_FRAME_HEADER = 3;
    private static final int AV1_FRAME = 6;

    /** Pictures wait for a few others; a quarter of an hour is a broken field, as FFmpeg has it too. */
    private static final int MAX_COMPOSITION_MILLIS = 15 * 60 * 1000;

    private final StreamTracks tracks = new StreamTracks();
    private volatile Optional<Keyframe> latest = Optional.empty();
    private volatile long broken;

    /** Makes an object without a keyframe. */
    public LatestKeyframe() {}

    /**
     * The newest keyframe.
     *
     * @return a picture that can be decoded alone, or empty if none came that is whole and of a codec that is supported
     */
    public Optional<Keyframe> get() {
        return latest;
    }

    /**
     * How many keyframes could not be used, because they or their headers were broken.
     *
     * @return keyframes
     */
    public long brokenKeyframes() {
        return broken;
    }

    @Override
    public void onStart(StreamHeaders headers) {
        tracks.onStart(headers);
    }

    @Override
    public void onFrame(MediaFrame frame) {
        if (frame.kind() != MediaKind.VIDEO || frame.trackId() != 0) {
            return;
        }
        if (frame.isSequenceHeader() || frame.isKeyframe()) {
            tracks.onFrame(frame);
        }
        if (frame.isKeyframe()) {
            FlvFrames.split(frame).stream().filter(one -> one.trackId() == 0 && one.isKeyframe()).findFirst().ifPresent(this::take);
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    private void take(MediaFrame frame) {
        try {
            TagTrack tag = VideoTag.parse(frame.bytes()).tracks().get(0);
            Optional<Bytes> unit = accessUnit(tag.codec(), TrackFollower.bodyOf(frame, tag));
            boolean sane = Math.abs(tag.compositionTimeMillis()) <= MAX_COMPOSITION_MILLIS;
            long shownMillis = frame.timestampMillis() + (sane ? tag.compositionTimeMillis() : 0);
            int width = tracks.video().map(VideoTrack::width).orElse(0);
            int height = tracks.video().map(VideoTrack::height).orElse(0);
            unit.ifPresent(bytes -> latest = Optional.of(new Keyframe(tag.codec(), bytes, shownMillis, width, height)));
        } catch (MalformedException e) {
            broken++;
        }
    }

    private Optional<Bytes> accessUnit(Codec codec, Bytes body) throws MalformedException {
        return switch (codec) {
            case AVC -> Optional.of(avc(body));
            case HEVC -> Optional.of(hevc(body));
            case AV1 -> Optional.of(av1(body));
            default -> Optional.empty();
        };
    }

    private Bytes avc(Bytes body) throws MalformedException {
        List<Bytes> sets = new ArrayList<>();
        int lengthBytes = DEFAULT_LENGTH_BYTES;
        Optional<Bytes> header = header();
        if (header.isPresent()) {
            AvcDecoderConfigurationRecord record = AvcDecoderConfigurationRecord.parse(header.get());
            lengthBytes = record.nalUnitLengthBytes();
            sets.addAll(record.sps());
            sets.addAll(record.pps());
        }
        return byteStream(sets, AccessUnit.parse(body, lengthBytes), AvcAccessUnit::nalUnitType, AVC_NEEDED, AVC_LAST_SLICE, AVC_DELIMITER);
    }

    private Bytes hevc(Bytes body) throws MalformedException {
        List<Bytes> sets = new ArrayList<>();
        int lengthBytes = DEFAULT_LENGTH_BYTES;
        Optional<Bytes> header = header();
        if (header.isPresent()) {
            HevcDecoderConfigurationRecord record = HevcDecoderConfigurationRecord.parse(header.get());
            lengthBytes = record.nalUnitLengthBytes();
            sets.addAll(record.vps());
            sets.addAll(record.sps());
            sets.addAll(record.pps());
        }
        return byteStream(sets, AccessUnit.parse(body, lengthBytes), HevcAccessUnit::nalUnitType, HEVC_NEEDED, HEVC_LAST_SLICE, HEVC_DELIMITER);
    }

    /** Parameter sets and picture in the order in which a decoder wants them, if nothing is missing. */
    private static Bytes byteStream(
            List<Bytes> sets, AccessUnit picture, ToIntFunction<Bytes> typeOf, Set<Integer> needed, int lastSlice, int delimiter)
            throws MalformedException {
        if (picture.droppedBytes() > 0 || picture.nalUnits().stream().noneMatch(unit -> typeOf.applyAsInt(unit) <= lastSlice)) {
            throw new MalformedException("keyframe without a slice, or with " + picture.droppedBytes() + " broken bytes");
        }
        List<Bytes> units = new ArrayList<>(sets);
        units.addAll(picture.nalUnits());
        Set<Integer> types = units.stream().map(typeOf::applyAsInt).collect(Collectors.toSet());
        if (!types.containsAll(needed)) {
            throw new MalformedException("keyframe with NAL units of types " + types + ", which lack one of " + needed);
        }
        // The sort is stable: only a delimiter moves, to the front, where it must be.
        units.sort(Comparator.comparing(unit -> typeOf.applyAsInt(unit) != delimiter));
        return annexB(units);
    }

    private static Bytes annexB(List<Bytes> units) {
        ByteBuf out = Unpooled.buffer();
        AnnexB.write(units, out);
        return Bytes.copyOf(out);
    }

    /** The temporal unit as it is if it has its sequence header, or else with that of the configuration in front. */
    private Bytes av1(Bytes body) throws MalformedException {
        List<Av1Obu> obus = Av1TemporalUnit.obus(body);
        int whole = obus.stream().mapToInt(obu -> obu.bytes().size()).sum();
        if (whole != body.size() || obus.stream().noneMatch(obu -> obu.type() == AV1_FRAME_HEADER || obu.type() == AV1_FRAME)) {
            throw new MalformedException("temporal unit of " + body.size() + " bytes, of which " + whole + " are whole, or without a frame");
        }
        if (obus.stream().anyMatch(obu -> obu.type() == Av1Obu.SEQUENCE_HEADER)) {
            return body;
        }
        Optional<Bytes> header = header();
        if (header.isEmpty()) {
            throw new MalformedException("keyframe without sequence header");
        }
        ByteBuf out = Unpooled.buffer();
        boolean delimited = !obus.isEmpty() && obus.get(0).type() == Av1Obu.TEMPORAL_DELIMITER;
        int delimiterBytes = delimited ? obus.get(0).bytes().size() : 0;
        body.slice(0, delimiterBytes).writeTo(out);
        Av1CodecConfigurationRecord.parse(header.get()).configObus().writeTo(out);
        body.slice(delimiterBytes, body.size() - delimiterBytes).writeTo(out);
        return Bytes.copyOf(out);
    }

    /** The configuration record in force. */
    private Optional<Bytes> header() throws MalformedException {
        Optional<MediaFrame> header = tracks.video().flatMap(VideoTrack::sequenceHeader);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        TagTrack tag = VideoTag.parse(header.get().bytes()).tracks().get(0);
        return Optional.of(TrackFollower.bodyOf(header.get(), tag));
    }
}
