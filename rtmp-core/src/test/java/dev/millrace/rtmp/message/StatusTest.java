package dev.millrace.rtmp.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.AmfConstant;
import dev.millrace.flv.testkit.TrackedBuffers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTest {

    // Bodies that FFmpeg, GStreamer and rtmpdump accept.
    private static final String PUBLISH_START =
            """
            0200086f6e537461747573 000000000000000000 05 03 00056c6576656c 020006737461747573
            0004636f6465 0200174e657453747265616d2e5075626c6973682e5374617274 000b6465736372697074696f6e 0200026f6b 000009
            """;

    private static final String BAD_NAME =
            """
            0200086f6e537461747573 000000000000000000 05 03 00056c6576656c 0200056572726f72
            0004636f6465 0200194e657453747265616d2e5075626c6973682e4261644e616d65 000b6465736372697074696f6e 020006696e20757365 000009
            """;

    @Test
    void isWrittenAsClientsReadIt() {
        assertWrites(PUBLISH_START, Status.status(Status.PUBLISH_START, "ok"));
        assertWrites(BAD_NAME, Status.error(Status.PUBLISH_BAD_NAME, "in use"));
    }

    private static void assertWrites(String body, Status status) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.allocator().heapBuffer();
            try {
                status.toOnStatus().writeTo(out);
                assertEquals(body.replaceAll("\\s", ""), ByteBufUtil.hexDump(out));
            } finally {
                out.release();
            }
        }
    }

    @Test
    void isACommandThatWantsNoAnswer() {
        Status status = Status.status(Status.PLAY_RESET, "reset");
        assertEquals(new Command("onStatus", 0, List.of(AmfConstant.NULL, status.toObject())), status.toOnStatus());
    }

    @Test
    void knowsErrors() {
        assertTrue(Status.error("a", "b").isError());
        assertFalse(Status.status("a", "b").isError());
        assertFalse(new Status("warning", "a", "b").isError());
    }

    @Test
    void nothingIsNull() {
        assertThrows(NullPointerException.class, () -> new Status(null, "a", "b"));
        assertThrows(NullPointerException.class, () -> new Status("a", null, "b"));
        assertThrows(NullPointerException.class, () -> new Status("a", "b", null));
    }
}
