package dev.millrace.rtmp.message;

import java.util.Arrays;

/** The byte in front of the AMF0 values in message types 15 and 17. */
final class Amf3Wrapping {

    private Amf3Wrapping() {}

    /**
     * Takes the format byte 0 away. Some old senders leave it out: their body starts with a string marker, 2.
     *
     * @return a copy without the byte, or the same array
     */
    static byte[] unwrap(byte[] payload) {
        return payload.length > 0 && payload[0] == 0 ? Arrays.copyOfRange(payload, 1, payload.length) : payload;
    }
}
