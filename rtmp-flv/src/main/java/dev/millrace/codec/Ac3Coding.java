package dev.millrace.codec;

import dev.millrace.codec.ac3.Ac3SyncFrame;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;

/** AC-3 and E-AC-3. */
final class Ac3Coding extends FramedAudioCoding {

    private final boolean enhancedAllowed;

    Ac3Coding(boolean enhancedAllowed) {
        this.enhancedAllowed = enhancedAllowed;
    }

    @Override
    Frame frame(Bytes start) throws MalformedException {
        Ac3SyncFrame header = Ac3SyncFrame.parse(start);
        if (header.enhanced() && !enhancedAllowed) {
            throw new MalformedException("bsid " + header.bitStreamId() + " of E-AC-3 in a track of AC-3");
        }
        AudioDescription description = AudioDescription.of(
                Bytes.EMPTY, header.codecString(), header.sampleRateHz(), header.channels(), header.samples());
        return new Frame(description, header.frameBytes(), header.samples(), !header.dependent() && header.substreamId() == 0);
    }
}
