package dev.millrace.rtmp.chunk;

import dev.millrace.media.FrameInfo;
import dev.millrace.media.MediaFrame;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Video of 5 to 50 KiB, each with two audio messages of 300 bytes behind it: 1 MiB of bodies in all. The same at each call. */
final class MessageMix {

    /** What all bodies are together. */
    static final int KIB = 1024;

    private static final int MIN_VIDEO_BYTES = 5 << 10;
    private static final int MAX_VIDEO_BYTES = 50 << 10;
    private static final int AUDIO_BYTES = 300;

    private static final int AUDIO = 8;
    private static final int VIDEO = 9;

    /** A message that is ready to be written. */
    record Message(int chunkStreamId, int timestampMillis, int typeId, MediaFrame body) {

        void writeTo(ByteBuf out, ChunkWriter writer) {
            writer.write(chunkStreamId, timestampMillis, typeId, /* messageStreamId= */ 1, body, out);
        }
    }

    private MessageMix() {}

    static List<Message> messages() {
        SplittableRandom random = new SplittableRandom(1);
        List<Message> messages = new ArrayList<>();
        int left = KIB << 10;
        for (int millis = 0; left > 0; millis += 33) {
            boolean last = left < MAX_VIDEO_BYTES;
            int bytes = last ? left : random.nextInt(MIN_VIDEO_BYTES, MAX_VIDEO_BYTES - 2 * AUDIO_BYTES);
            messages.add(message(VIDEO, millis, bytes, random));
            left -= bytes;
            for (int i = 0; i < 2 && !last; i++) {
                messages.add(message(AUDIO, millis + 10 * i, AUDIO_BYTES, random));
                left -= AUDIO_BYTES;
            }
        }
        return messages;
    }

    private static Message message(int typeId, int millis, int bytes, SplittableRandom random) {
        byte[] body = new byte[bytes];
        random.nextBytes(body);
        // The chunk layer does not look into a body, so it may be anybody's.
        return new Message(typeId == AUDIO ? 4 : 6, millis, typeId, MediaFrame.takeOver(FrameInfo.DATA, millis, body));
    }
}
