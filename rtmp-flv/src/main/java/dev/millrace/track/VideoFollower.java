package dev.millrace.track;

import dev.millrace.codec.av1.Av1CodecConfigurationRecord;
import dev.millrace.codec.av1.Av1Obu;
import dev.millrace.codec.av1.Av1SequenceHeader;
import dev.millrace.codec.av1.Av1TemporalUnit;
import dev.millrace.codec.avc.AvcAccessUnit;
import dev.millrace.codec.avc.AvcDecoderConfigurationRecord;
import dev.millrace.codec.avc.AvcSequenceParameterSet;
import dev.millrace.codec.hevc.HevcAccessUnit;
import dev.millrace.codec.hevc.HevcDecoderConfigurationRecord;
import dev.millrace.codec.hevc.HevcSequenceParameterSet;
import dev.millrace.codec.nal.AccessUnit;
import dev.millrace.codec.vp8.Vp8KeyframeHeader;
import dev.millrace.codec.vp9.Vp9KeyframeHeader;
import dev.millrace.codec.vp9.VpCodecConfigurationRecord;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import java.util.OptionalDouble;

/**
 * Follows a video track. What a keyframe carries itself counts more than the header before it: cameras change the picture size without a new header.
 */
final class VideoFollower extends TrackFollower {

    private static final int AVC_SPS = 7;
    private static final int HEVC_SPS = 33;
    private static final int DEFAULT_LENGTH_BYTES = 4;

    private int nalUnitLengthBytes = DEFAULT_LENGTH_BYTES;
    private VideoFacts facts = VideoFacts.NONE;

    VideoFollower(int trackId, Codec codec, Runnable onBroken) {
        super(trackId, codec, onBroken);
    }

    @Override
    void forget() {
        facts = VideoFacts.NONE;
        nalUnitLengthBytes = DEFAULT_LENGTH_BYTES;
    }

    @Override
    boolean learnFromHeader(Bytes body) throws MalformedException {
        switch (codec) {
            case AVC -> {
                AvcDecoderConfigurationRecord record = AvcDecoderConfigurationRecord.parse(body);
                nalUnitLengthBytes = record.nalUnitLengthBytes();
                return learn(VideoFacts.of(record.sequenceParameterSet()));
            }
            case HEVC -> {
                HevcDecoderConfigurationRecord record = HevcDecoderConfigurationRecord.parse(body);
                nalUnitLengthBytes = record.nalUnitLengthBytes();
                return learn(VideoFacts.of(record.sequenceParameterSet()));
            }
            case AV1 -> {
                return learn(VideoFacts.of(Av1CodecConfigurationRecord.parse(body).sequenceHeader()));
            }
            case VP9, VP8 -> {
                VpCodecConfigurationRecord record = VpCodecConfigurationRecord.parse(body);
                String text = codec == Codec.VP9 ? record.codecString() : "vp8";
                return learn(facts.withCodecString(text, "Profile " + record.profile()));
            }
            default -> {
                return false;
            }
        }
    }

    @Override
    boolean learnFromFrame(MediaFrame frame, Bytes body) throws MalformedException {
        if (!frame.isKeyframe()) {
            return false;
        }
        return switch (codec) {
            case AVC -> learnFromAvc(body);
            case HEVC -> learnFromHevc(body);
            case AV1 -> learnFromAv1(body);
            case VP9 -> {
                Vp9KeyframeHeader header = Vp9KeyframeHeader.parse(body);
                yield learn(facts.withSize(header.width(), header.height()));
            }
            case VP8 -> {
                Vp8KeyframeHeader header = Vp8KeyframeHeader.parse(body);
                yield learn(facts.withSize(header.width(), header.height()));
            }
            default -> false;
        };
    }

    private boolean learnFromAvc(Bytes body) throws MalformedException {
        for (Bytes nalUnit : AccessUnit.parse(body, nalUnitLengthBytes).nalUnits()) {
            if (AvcAccessUnit.nalUnitType(nalUnit) == AVC_SPS) {
                return learn(VideoFacts.of(AvcSequenceParameterSet.parse(nalUnit)));
            }
        }
        return false;
    }

    private boolean learnFromHevc(Bytes body) throws MalformedException {
        for (Bytes nalUnit : AccessUnit.parse(body, nalUnitLengthBytes).nalUnits()) {
            if (HevcAccessUnit.nalUnitType(nalUnit) == HEVC_SPS) {
                return learn(VideoFacts.of(HevcSequenceParameterSet.parse(nalUnit)));
            }
        }
        return false;
    }

    private boolean learnFromAv1(Bytes body) throws MalformedException {
        for (Av1Obu obu : Av1TemporalUnit.obus(body)) {
            if (obu.type() == Av1Obu.SEQUENCE_HEADER) {
                return learn(VideoFacts.of(Av1SequenceHeader.parse(obu.payload())));
            }
        }
        return false;
    }

    private boolean learn(VideoFacts now) {
        boolean changed = !now.equals(facts);
        facts = now;
        return changed;
    }

    @Override
    VideoTrack snapshot() {
        OptionalDouble rate = facts.framesPerSecond().isPresent() ? facts.framesPerSecond() : meter.framesPerSecond();
        return new VideoTrack(
                trackId,
                codec,
                facts.codecString(),
                facts.profile(),
                facts.width(),
                facts.height(),
                rate,
                meter.kilobitsPerSecond(),
                meter.keyframeIntervalMillis(),
                sequenceHeader);
    }
}
