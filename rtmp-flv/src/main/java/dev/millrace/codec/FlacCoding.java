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

    /** FFmpeg ends a stream with a second header, which has the sizes and the checksum that the first one lacks. */
    @Override
    public boolean continues(TrackDescription before, TrackDescription now) {
        try {
            return FlacStreamInfo.parse(now.configuration()).hasFormatOf(FlacStreamInfo.parse(before.configuration()));
        } catch (MalformedException e) {
            return super.continues(before, now); // there was no header yet
        }
    }

    @Override
    public int samples(AudioDescription known, Bytes message, int offset, int length) throws MalformedException {
        return FlacFrame.samples(message.slice(offset, length));
    }
}
