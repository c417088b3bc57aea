package dev.millrace.track;

import dev.millrace.codec.aac.AudioSpecificConfig;
import dev.millrace.codec.ac3.Ac3SyncFrame;
import dev.millrace.codec.flac.FlacStreamInfo;
import dev.millrace.codec.legacy.LegacySound;
import dev.millrace.codec.mp3.MpegAudioHeader;
import dev.millrace.codec.opus.OpusHead;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import java.util.Optional;

/** Follows an audio track. AC-3, E-AC-3 and MP3 say in each frame what others say in a sequence header. */
final class AudioFollower extends TrackFollower {

    /** What headers and frames say. */
    private record Facts(Optional<String> codecString, Optional<String> profile, int sampleRateHz, int channels) {

        private static final Facts NONE = new Facts(Optional.empty(), Optional.empty(), 0, 0);

        private static Facts of(String codecString, int sampleRateHz, int channels) {
            return new Facts(Optional.of(codecString), Optional.empty(), sampleRateHz, channels);
        }
    }

    private Facts facts = Facts.NONE;

    AudioFollower(int trackId, Codec codec, Runnable onBroken) {
        super(trackId, codec, onBroken);
    }

    @Override
    void forget() {
        facts = Facts.NONE;
    }

    @Override
    boolean learnFromHeader(Bytes body) throws MalformedException {
        switch (codec) {
            case AAC -> {
                AudioSpecificConfig config = AudioSpecificConfig.parse(body);
                return learn(new Facts(
                        Optional.of(config.codecString()),
                        profileOf(config),
                        config.outputSampleRateHz(),
                        config.outputChannels()));
            }
            case OPUS -> {
                // Decoders of Opus give 48 kHz, whatever went in: RFC 7845, 5.1.
                return learn(Facts.of(OpusHead.CODEC_STRING, OpusHead.SAMPLE_RATE_HZ, OpusHead.parse(body).channels()));
            }
            case FLAC -> {
                FlacStreamInfo info = FlacStreamInfo.parse(body);
                return learn(Facts.of(FlacStreamInfo.CODEC_STRING, info.sampleRateHz(), info.channels()));
            }
            default -> {
                return false;
            }
        }
    }

    private static Optional<String> profileOf(AudioSpecificConfig config) {
        return switch (config.signalledObjectType()) {
            case 1 -> Optional.of("Main");
            case 2 -> Optional.of("LC");
            case 5 -> Optional.of("HE-AAC");
            case 29 -> Optional.of("HE-AACv2");
            default -> Optional.empty();
        };
    }

    @Override
    boolean learnFromFrame(MediaFrame frame, Bytes body) throws MalformedException {
        return switch (codec) {
            case AC3, EAC3 -> {
                Ac3SyncFrame header = Ac3SyncFrame.parse(body);
                yield learn(Facts.of(header.codecString(), header.sampleRateHz(), header.channels()));
            }
            case MP3 -> {
                MpegAudioHeader header = MpegAudioHeader.parse(body);
                yield learn(Facts.of(header.codecString(), header.sampleRateHz(), header.channels()));
            }
            default -> false;
        };
    }

    /** What the tag header says, for codecs that say it nowhere else. */
    boolean learnFromTag(LegacySound sound) {
        Facts said = new Facts(Optional.empty(), Optional.empty(), sound.sampleRateHz(), sound.channels());
        return facts.codecString().isEmpty() && learn(said);
    }

    private boolean learn(Facts now) {
        boolean changed = !now.equals(facts);
        facts = now;
        return changed;
    }

    @Override
    AudioTrack snapshot() {
        return new AudioTrack(
                trackId,
                codec,
                facts.codecString(),
                facts.profile(),
                facts.sampleRateHz(),
                facts.channels(),
                meter.kilobitsPerSecond(),
                sequenceHeader);
    }
}
