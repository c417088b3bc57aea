package dev.millrace.amf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;

/** Reads and writes AMF in buffers that must be neither kept nor moved. */
final class AmfWire {

    private AmfWire() {}

    static List<AmfValue> read(String hex) throws MalformedException {
        return read(hex, AmfLimits.DEFAULT);
    }

    static List<AmfValue> read(String hex, AmfLimits limits) throws MalformedException {
        return read(TrackedBuffers.bytes(hex), limits);
    }

    static List<AmfValue> read(byte[] wire, AmfLimits limits) throws MalformedException {
        return readPrefix(wire, limits, Integer.MAX_VALUE);
    }

    static List<AmfValue> readPrefix(byte[] wire, AmfLimits limits, int maxValues) throws MalformedException {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf body = buffers.of(wire);
            try {
                return Amf0Reader.readPrefix(body, limits, maxValues);
            } finally {
                assertEquals(wire.length, body.readableBytes());
                body.release();
            }
        }
    }

    static byte[] write(List<? extends AmfValue> values) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            try {
                Amf0Writer.writeAll(values, out);
                return ByteBufUtil.getBytes(out);
            } finally {
                out.release();
            }
        }
    }
}
