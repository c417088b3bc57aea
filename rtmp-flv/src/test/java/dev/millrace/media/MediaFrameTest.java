package dev.millrace.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import io.netty.buffer.ByteBuf;
import java.nio.ReadOnlyBufferException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MediaFrameTest {

    private static final FrameInfo KEY = new FrameInfo(MediaKind.VIDEO, FrameRole.CODED, Codec.AVC, 0, true, false);

    @Test
    void aCopyDoesNotSeeLaterChangesOfTheArray() {
        byte[] bytes = {1, 2, 3};
        MediaFrame frame = MediaFrame.copyOf(KEY, 5, bytes);
        bytes[0] = 9;
        assertEquals(1, frame.byteAt(0));
        frame.toByteArray()[1] = 9;
        assertEquals(2, frame.byteAt(1));
        assertThrows(ReadOnlyBufferException.class, () -> frame.asByteBuf().setByte(0, 9));
    }

    @Test
    void givesPartsOfItsBytes() {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            MediaFrame frame = MediaFrame.takeOver(KEY, 5, new byte[] {1, 2, 3, 4});
            ByteBuf out = buffers.of();
            frame.writeTo(out, 1, 2);
            assertEquals(2, out.readableBytes());
            assertThrows(IndexOutOfBoundsException.class, () -> frame.writeTo(out, 3, 2));
            assertEquals(2, out.readableBytes());
            out.release();
            byte[] target = new byte[4];
            frame.getBytes(2, target, 1, 2);
            assertArrayEquals(new byte[] {0, 3, 4, 0}, target);
        }
    }

    @Test
    void anotherTimeSharesTheBytes() {
        MediaFrame frame = MediaFrame.copyOf(KEY, 5, new byte[] {1});
        assertSame(frame, frame.atTime(5));
        assertEquals(6, frame.atTime(6).timestampMillis());
        assertTrue(frame.hasSameContent(frame.atTime(6)));
        assertFalse(frame.hasSameContent(MediaFrame.copyOf(KEY, 5, new byte[] {2})));
        assertFalse(frame.hasSameContent(MediaFrame.copyOf(FrameInfo.DATA, 5, new byte[] {1})));
    }

    @Test
    void factsAreChecked() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new FrameInfo(MediaKind.VIDEO, FrameRole.SEQUENCE_HEADER, Codec.AVC, 0, true, false));
        assertThrows(
                IllegalArgumentException.class, () -> new FrameInfo(MediaKind.AUDIO, FrameRole.CODED, Codec.AAC, 256, false, false));
    }

    @Test
    void codecsAreFoundByFourCcOfTheirKind() {
        assertEquals(Optional.of(Codec.HEVC), Codec.ofFourCc(MediaKind.VIDEO, 0x68766331));
        assertEquals(Optional.of(Codec.MP3), Codec.ofFourCc(MediaKind.AUDIO, 0x2e6d7033));
        assertEquals(Optional.empty(), Codec.ofFourCc(MediaKind.AUDIO, 0x68766331));
        for (Codec codec : Codec.values()) {
            if (codec.fourCc().isPresent()) {
                assertEquals(Optional.of(codec), Codec.ofFourCc(codec.kind(), codec.fourCcValue()));
            } else {
                assertThrows(IllegalStateException.class, codec::fourCcValue);
            }
        }
    }
}
