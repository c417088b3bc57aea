package dev.millrace.hls.segment;

import dev.millrace.codec.aac.AdtsHeader;
import dev.millrace.codec.aac.AudioSpecificConfig;
import dev.millrace.codec.ac3.Ac3SyncFrame;
import dev.millrace.codec.mp3.MpegAudioHeader;
import dev.millrace.hls.ts.TsCodec;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import java.util.Optional;

/**
 * How the audio track is coded. Immutable.
 *
 * @param codec of sound
 * @param header the AudioSpecificConfig of AAC; empty for MP3 and AC-3, whose frames say all
 * @param sampleRateHz of what is coded, without SBR
 * @param channels of what is coded, without PS
 * @param frameSamples in each frame
 * @param codecString what a playlist says of it (RFC 6381)
 * @param adts of AAC, what all frames have in common
 */
record AudioConfig(
        TsCodec codec, Bytes header, int sampleRateHz, int channels, int frameSamples, String codecString, Optional<AdtsHeader> adts) {

    /** What the readers of frame headers look at. */
    static final int FRAME_HEADER_BYTES = 8;

    /** What is longer does not fit into a PES packet, and into no frame of MP3 or AC-3 either. */
    private static final int MAX_FRAME_BYTES = 65_000;

    private static final int LOW_RATE_HZ = 32_000;

    /**
     * Of an AAC sequence header.
     *
     * @throws MalformedException if ADTS cannot say it, with a reason for a person
     */
    static AudioConfig of(AudioSpecificConfig config, Bytes header) throws MalformedException {
        AdtsHeader adts = AdtsHeader.of(config, 1);
        return new AudioConfig(
                TsCodec.AAC, header, config.samplingFrequencyHz(), config.channels(), adts.samples(), config.codecString(),
                Optional.of(adts));
    }

    /** Whether a frame may be that long. */
    boolean takes(int frameBytes) {
        return frameBytes > 0 && frameBytes <= (codec == TsCodec.AAC ? AdtsHeader.MAX_FRAME_BYTES - AdtsHeader.BYTES : MAX_FRAME_BYTES);
    }

    /** How long a frame is. */
    long frameTicks() {
        return frameSamples * TargetDuration.TICKS_A_SECOND / sampleRateHz;
    }

    /** How many frames a message has: of AAC one, of the others as many whole ones as its sender has put together. */
    int framesIn(MediaFrame frame, TagBody body) {
        if (codec == TsCodec.AAC) {
            return 1;
        }
        int frames = 0;
        int at = 0;
        while (at < body.length()) {
            int bytes = frameBytes(body.copy(frame, at, FRAME_HEADER_BYTES));
            if (bytes == 0 || bytes > body.length() - at) {
                break;
            }
            frames++;
            at += bytes;
        }
        return Math.max(1, frames); // a frame that is cut off still stands for its time
    }

    /** How long the frame is that begins so; 0 if none of this track does. */
    private int frameBytes(Bytes start) {
        try {
            if (codec == TsCodec.AC3) {
                Ac3SyncFrame frame = Ac3SyncFrame.parse(start);
                return frame.sampleRateHz() == sampleRateHz && frame.samples() == frameSamples ? frame.frameBytes() : 0;
            }
            MpegAudioHeader header = MpegAudioHeader.parse(start);
            return header.sampleRateHz() == sampleRateHz && header.samples() == frameSamples ? header.frameBytes() : 0;
        } catch (MalformedException e) {
            return 0; // padding, or a tag at the end of a file
        }
    }

    /** Of a frame of MP3. */
    static AudioConfig ofMp3(Bytes start) throws MalformedException {
        MpegAudioHeader header = MpegAudioHeader.parse(start);
        TsCodec codec = header.sampleRateHz() < LOW_RATE_HZ ? TsCodec.MP3_LOW_RATE : TsCodec.MP3;
        return new AudioConfig(
                codec, Bytes.EMPTY, header.sampleRateHz(), header.channels(), header.samples(), header.codecString(), Optional.empty());
    }

    /** Of a frame of AC-3. */
    static AudioConfig ofAc3(Bytes start) throws MalformedException {
        Ac3SyncFrame frame = Ac3SyncFrame.parse(start);
        if (frame.enhanced()) {
            throw new MalformedException("E-AC-3 in a track of AC-3");
        }
        return new AudioConfig(
                TsCodec.AC3, Bytes.EMPTY, frame.sampleRateHz(), frame.channels(), frame.samples(), frame.codecString(), Optional.empty());
    }
}
