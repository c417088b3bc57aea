package dev.millrace.liveserver.http;

import dev.millrace.flv.FlvFrames;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.rtmp.stream.Publication;

/** AVC pictures that nobody can decode, each with its number in it, 40 ms apart. */
final class Pictures {

    private Pictures() {}

    static MediaFrame picture(int number, boolean key, int bytes) throws MalformedException {
        byte[] body = new byte[bytes];
        body[0] = (byte) (key ? 0x17 : 0x27);
        body[1] = 1;
        body[5] = (byte) (number >> 16);
        body[6] = (byte) (number >> 8);
        body[7] = (byte) number;
        return FlvFrames.video(40L * number, body);
    }

    static int number(MediaFrame picture) {
        return (picture.byteAt(5) & 0xFF) << 16 | (picture.byteAt(6) & 0xFF) << 8 | picture.byteAt(7) & 0xFF;
    }

    static void publish(Publication publication, MediaFrame frame) {
        publication.publish(frame);
        publication.flush();
    }
}
