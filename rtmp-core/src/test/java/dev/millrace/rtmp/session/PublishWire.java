package dev.millrace.rtmp.session;

import dev.millrace.flv.testkit.TrackedBuffers;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** All that a small publisher sends, from C0 to a frame, written by hand in chunks of 128 bytes. */
final class PublishWire {

    private static final String CONNECT = "03 000000 000023 14 00000000"
            + " 020007636f6e6e656374 003ff0000000000000 03 0003617070 0200046c697665 0000 09";
    private static final String CREATE_STREAM = "43 000000 000019 14 02000c63726561746553747265616d 004010000000000000 05";
    private static final String PUBLISH = "08 000000 000021 14 01000000"
            + " 0200077075626c697368 004014000000000000 05 0200036b6579 0200046c697665";
    private static final String AUDIO = "04 ffffff 000007 08 01000000 01000000 af001190 56e500";

    private PublishWire() {}

    static byte[] bytes() {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(HandClient.handshake());
        wire.writeBytes(TrackedBuffers.bytes(CONNECT));
        wire.writeBytes(TrackedBuffers.bytes(CREATE_STREAM));
        wire.writeBytes(TrackedBuffers.bytes(PUBLISH));
        wire.writeBytes(TrackedBuffers.bytes(AUDIO));
        // 200 bytes of video in two chunks, with a control message in between.
        wire.writeBytes(TrackedBuffers.bytes("06 000017 0000c8 09 01000000"));
        byte[] video = new byte[200];
        Arrays.fill(video, (byte) 0x27);
        wire.write(video, 0, 128);
        wire.writeBytes(TrackedBuffers.bytes("02 000000 00000a 04 00000000 0003 00000001 00000bb8"));
        wire.write(0xc6);
        wire.write(video, 128, 72);
        return wire.toByteArray();
    }

    /** Events with what is in their payloads. */
    static List<String> text(List<SessionEvent> events) {
        return events.stream()
                .map(event -> event instanceof SessionEvent.MediaReceived media
                        ? media.messageStreamId() + " " + media.kind() + " " + media.timestampMillis() + " " + Arrays.toString(media.payload())
                        : event.toString())
                .toList();
    }
}
