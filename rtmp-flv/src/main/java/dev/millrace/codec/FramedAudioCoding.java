package dev.millrace.codec;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/** A codec whose frames each have a header that says everything. Senders put one or more frames in a message. */
abstract sealed class FramedAudioCoding extends AudioCoding permits Mp3Coding, Ac3Coding {

    /** No header is longer. */
    private static final int MAX_HEADER_BYTES = 8;

    /** What a header says of the track and of its frame, which may be a further substream of the one before it. */
    record Frame(AudioDescription description, int bytes, int samples, boolean addsTime) {}

    /** Reads the header of a frame. */
    abstract Frame frame(Bytes start) throws MalformedException;

    @Override
    public final boolean hasConfigurationRecord() {
        return false;
    }

    @Override
    public final AudioDescription configure(Bytes record) {
        return AudioDescription.UNKNOWN;
    }

    @Override
    public final AudioDescription learn(AudioDescription known, Bytes message, int offset, int length) throws MalformedException {
        AudioDescription now = frame(message.slice(offset, length)).description();
        return now.equals(known) ? known : now;
    }

    /** Counts whole frames of the same rate and length; a frame that is cut off still stands for its time. */
    @Override
    public final int samples(AudioDescription known, Bytes message, int offset, int length) throws MalformedException {
        Bytes payload = message.slice(offset, length);
        Frame first = frame(payload);
        int frames = 0;
        int at = 0;
        for (Frame next = first; isWhole(next, first, payload.size() - at); next = next(payload, at)) {
            frames += next.addsTime() ? 1 : 0;
            at += next.bytes();
        }
        return Math.max(1, frames) * first.samples();
    }

    private static boolean isWhole(Frame next, Frame first, int remaining) {
        boolean alike = next.samples() == first.samples()
                && next.description().codedSampleRateHz() == first.description().codedSampleRateHz();
        return alike && next.bytes() > 0 && next.bytes() <= remaining;
    }

    /** A frame that does not belong to the track where something else follows: padding, or a tag at the end of a file. */
    private Frame next(Bytes payload, int at) {
        try {
            return frame(payload.slice(at, Math.min(MAX_HEADER_BYTES, payload.size() - at)));
        } catch (MalformedException e) {
            return new Frame(AudioDescription.UNKNOWN, 0, 0, /* addsTime= */ false);
        }
    }
}
