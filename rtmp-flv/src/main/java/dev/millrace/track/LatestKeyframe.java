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
import dev.millrace.media.FlvFormatException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds the newest keyframe of a stream's default video track, ready for a decoder: for AVC and HEVC with the parameter sets in front, for AV1 with
 * the sequence header. Other codecs give none.
 *
 * <p>Costs one copy of each keyframe. Frames come from one thread at a time; {@link #get()} can be called from any.
 */
public final class LatestKeyframe implements MediaSubscriber {

    private static final int AVC_SPS = 7;
    private static final int AVC_PPS = 8;
    private static final int HEVC_VPS = 32;
    private static final int HEVC_PPS = 34;

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
            take(FlvFrames.split(frame).get(0));
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    private void take(MediaFrame frame) {
        try {
            TagTrack tag = VideoTag.parse(frame.toByteArray()).tracks().get(0);
            Optional<Bytes> unit = accessUnit(tag.codec(), TrackFollower.bodyOf(frame, tag));
            long shownMillis = frame.timestampMillis() + tag.compositionTimeMillis();
            int width = tracks.video().map(VideoTrack::width).orElse(0);
            int height = tracks.video().map(VideoTrack::height).orElse(0);
            unit.ifPresent(bytes -> latest = Optional.of(new Keyframe(tag.codec(), bytes, shownMillis, width, height)));
        } catch (FlvFormatException e) {
            broken++;
        }
    }

    private Optional<Bytes> accessUnit(Codec codec, Bytes body) throws FlvFormatException {
        return switch (codec) {
            case AVC -> Optional.of(avc(body));
            case HEVC -> Optional.of(hevc(body));
            case AV1 -> Optional.of(av1(body));
            default -> Optional.empty();
        };
    }

    private Bytes avc(Bytes body) throws FlvFormatException {
        Optional<Bytes> header = header();
        List<Bytes> units = new ArrayList<>();
        int lengthBytes = 4;
        if (header.isPresent()) {
            AvcDecoderConfigurationRecord record = AvcDecoderConfigurationRecord.parse(header.get());
            lengthBytes = record.nalUnitLengthBytes();
            units.addAll(record.sps());
            units.addAll(record.pps());
        }
        List<Bytes> picture = picture(body, lengthBytes);
        requireParameterSets(header.isPresent() || picture.stream().anyMatch(unit -> AvcAccessUnit.nalUnitType(unit) == AVC_SPS)
                && picture.stream().anyMatch(unit -> AvcAccessUnit.nalUnitType(unit) == AVC_PPS));
        units.addAll(picture);
        return annexB(units);
    }

    private Bytes hevc(Bytes body) throws FlvFormatException {
        Optional<Bytes> header = header();
        List<Bytes> units = new ArrayList<>();
        int lengthBytes = 4;
        if (header.isPresent()) {
            HevcDecoderConfigurationRecord record = HevcDecoderConfigurationRecord.parse(header.get());
            lengthBytes = record.nalUnitLengthBytes();
            units.addAll(record.vps());
            units.addAll(record.sps());
            units.addAll(record.pps());
        }
        List<Bytes> picture = picture(body, lengthBytes);
        requireParameterSets(header.isPresent() || picture.stream().anyMatch(unit -> HevcAccessUnit.nalUnitType(unit) == HEVC_VPS)
                && picture.stream().anyMatch(unit -> HevcAccessUnit.nalUnitType(unit) == HEVC_PPS));
        units.addAll(picture);
        return annexB(units);
    }

    private static void requireParameterSets(boolean there) throws FlvFormatException {
        if (!there) {
            throw new FlvFormatException("keyframe without parameter sets");
        }
    }

    private static List<Bytes> picture(Bytes body, int lengthBytes) throws FlvFormatException {
        AccessUnit unit = AccessUnit.parse(body, lengthBytes);
        if (unit.droppedBytes() > 0 || unit.nalUnits().isEmpty()) {
            throw new FlvFormatException("keyframe of which " + unit.droppedBytes() + " bytes are broken");
        }
        return unit.nalUnits();
    }

    private static Bytes annexB(List<Bytes> units) {
        ByteBuf out = Unpooled.buffer();
        AnnexB.write(units, out);
        return Bytes.copyOf(out);
    }

    /** The temporal unit as it is if it has its sequence header, or else with that of the configuration in front. */
    private Bytes av1(Bytes body) throws FlvFormatException {
        List<Av1Obu> obus = Av1TemporalUnit.obus(body);
        if (obus.stream().anyMatch(obu -> obu.type() == Av1Obu.SEQUENCE_HEADER)) {
            return body;
        }
        Optional<Bytes> header = header();
        if (header.isEmpty()) {
            throw new FlvFormatException("keyframe without sequence header");
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
    private Optional<Bytes> header() throws FlvFormatException {
        Optional<MediaFrame> header = tracks.video().flatMap(VideoTrack::sequenceHeader);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        TagTrack tag = VideoTag.parse(header.get().toByteArray()).tracks().get(0);
        return Optional.of(TrackFollower.bodyOf(header.get(), tag));
    }
}
