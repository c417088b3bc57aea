package dev.millrace.codec;

import dev.millrace.codec.mp3.MpegAudioHeader;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/** MPEG audio. */
final class Mp3Coding extends FramedAudioCoding {

    @Override
    Frame frame(Bytes start) throws MalformedException {
        MpegAudioHeader header = MpegAudioHeader.parse(start);
        AudioDescription description = AudioDescription.of(
                Bytes.EMPTY, header.codecString(), header.sampleRateHz(), header.channels(), header.samples());
        return new Frame(description, header.frameBytes(), header.samples(), /* addsTime= */ true);
    }
}
