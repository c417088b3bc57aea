package dev.millrace.codec;

import dev.millrace.codec.flac.FlacFrame;
import dev.millrace.codec.flac.FlacStreamInfo;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/** FLAC: one frame a message. */
final class FlacCoding extends AudioCoding {

    @Override
    public AudioDescription configure(Bytes record) throws MalformedException {
        FlacStreamInfo info = FlacStreamInfo.parse(record);
        return AudioDescription.of(record, FlacStreamInfo.CODEC_STRING, info.sampleRateHz(), info.channels(), 0);
    }

    @Override
    public int samples(AudioDescription known, Bytes message, int offset, int length) throws MalformedException {
        return FlacFrame.samples(message.slice(offset, length));
    }
}
