package dev.millrace.rtmp.handshake;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.rtmp.RtmpProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** What came of giving a handshake some bytes: whether it was done, what it wrote, and what it left unread. */
record Exchange(boolean done, byte[] written, byte[] surplus) {

    static final long NOW_MILLIS = 1_000;

    /** The read method of either side. */
    @FunctionalInterface
    interface Reader {
        boolean read(ByteBuf in, long nowMillis, ByteBuf out) throws RtmpProtocolException;
    }

    static Exchange whole(Reader reader, byte[] wire) throws RtmpProtocolException {
        return inPieces(reader, wire, wire.length);
    }

    /** Gives the wire in pieces of these sizes, over and over; 0 is an empty read, and one of them is not 0 unless the wire is empty. */
    static Exchange inPieces(Reader reader, byte[] wire, int... sizes) throws RtmpProtocolException {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.allocator().heapBuffer();
            ByteBuf surplus = buffers.allocator().heapBuffer();
            try {
                boolean done = false;
                int at = 0;
                for (int turn = 0; at < wire.length; turn++) {
                    int end = Math.min(wire.length, at + sizes[turn % sizes.length]);
                    ByteBuf in = buffers.of(Arrays.copyOfRange(wire, at, end));
                    try {
                        done = done || reader.read(in, NOW_MILLIS, out);
                        surplus.writeBytes(in);
                    } finally {
                        in.release();
                    }
                    at = end;
                }
                return new Exchange(done, HandshakeBytes.readable(out), HandshakeBytes.readable(surplus));
            } finally {
                surplus.release();
                out.release();
            }
        }
    }
}
