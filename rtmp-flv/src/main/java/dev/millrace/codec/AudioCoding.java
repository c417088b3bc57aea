package dev.millrace.codec;

import dev.millrace.codec.legacy.LegacySound;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** The behaviour of an audio codec. As it stands, that of one of which only the tag header says anything. */
public sealed class AudioCoding extends Coding permits AacCoding, OpusCoding, FlacCoding, FramedAudioCoding {

    AudioCoding() {}

    /**
     * Parses a configuration record.
     *
     * @param record the body of a sequence header; kept
     * @return what it says
     * @throws MalformedException if it is no configuration record of this codec
     */
    public AudioDescription configure(Bytes record) throws MalformedException {
        return new AudioDescription(record, Optional.empty(), Optional.empty(), 0, 0, 0, 0);
    }

    /**
     * Takes what a message says of the track itself.
     *
     * @param known what was known before
     * @param message holds one or more coded frames
     * @param offset index of the first byte of the first
     * @param length bytes of all of them
     * @return what is known now; {@code known} itself if nothing changed
     * @throws MalformedException if the payload does not begin as frames of this codec do
     */
    public AudioDescription learn(AudioDescription known, Bytes message, int offset, int length) throws MalformedException {
        return known;
    }

    /**
     * Takes what the tag header says, where the codec says it nowhere else.
     *
     * @param known what was known before
     * @param sound the fields of the tag header
     * @return what is known now; {@code known} itself if nothing changed
     */
    public final AudioDescription learn(AudioDescription known, LegacySound sound) {
        boolean same = known.sampleRateHz() == sound.sampleRateHz() && known.channels() == sound.channels();
        if (same || known.codecString().isPresent()) {
            return known;
        }
        return new AudioDescription(
                known.configuration(),
                Optional.empty(),
                Optional.empty(),
                sound.sampleRateHz(),
                sound.channels(),
                sound.sampleRateHz(),
                0);
    }

    /**
     * Counts the samples of a message.
     *
     * @param known what is known of the track, this message included
     * @param message holds one or more coded frames
     * @param offset index of the first byte of the first
     * @param length bytes of all of them
     * @return samples for each channel at {@link AudioDescription#codedSampleRateHz()}; 0 if it is not known
     * @throws MalformedException if the payload does not say it although its codec does
     */
    public int samples(AudioDescription known, Bytes message, int offset, int length) throws MalformedException {
        return known.samplesPerFrame();
    }

    /**
     * Writes a message as a decoder or a file takes it: AAC behind an ADTS header, other codecs as they are.
     *
     * @param known what is known of the track
     * @param payload one or more coded frames
     * @param out grows by the frames
     * @throws MalformedException if the header cannot express the configuration or the length; {@code out} is unchanged then
     */
    public void write(AudioDescription known, Bytes payload, ByteBuf out) throws MalformedException {
        payload.writeTo(out);
    }
}
