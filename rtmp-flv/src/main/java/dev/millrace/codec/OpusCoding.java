package dev.millrace.codec;

import dev.millrace.codec.opus.OpusHead;
import dev.millrace.codec.opus.OpusPacket;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/** Opus: one packet a message. Decoders give 48 kHz, whatever went in (RFC 7845, 5.1). */
final class OpusCoding extends AudioCoding {

    @Override
    public AudioDescription configure(Bytes record) throws MalformedException {
        int channels = OpusHead.parse(record).channels();
        return AudioDescription.of(record, OpusHead.CODEC_STRING, OpusHead.SAMPLE_RATE_HZ, channels, 0);
    }

    @Override
    public int samples(AudioDescription known, Bytes message, int offset, int length) throws MalformedException {
        return OpusPacket.samples(message.slice(offset, length));
    }
}
