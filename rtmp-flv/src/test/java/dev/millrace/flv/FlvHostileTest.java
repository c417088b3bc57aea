package dev.millrace.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.Amf0Reader;
import dev.millrace.amf.AmfEcmaArray;
import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfProperties;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases 62, 70 and 71 of rtmp-core/HOSTILE-INPUTS.md, for which the other tests of this package have no row. */
class FlvHostileTest {

    private static final String FILE_HEADER = "464c56 01 05 00000009 00000000";
    private static final String COLOUR_INFO = "02 0009 636f6c6f72496e666f";

    // Case 62: numbers that are none stay what they are, and the body is kept as it came.
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY, 1e300})
    void case62MetadataWithAnyNumberAreMetadata(double said) throws Exception {
        AmfEcmaArray properties = AmfEcmaArray.builder().put("framerate", said).put("width", said).build();
        byte[] body = DataMessages.metadata(properties);
        MediaFrame frame = DataMessages.frame(0, body.clone());
        assertEquals(FrameInfo.METADATA, frame.info());
        assertEquals(Bytes.takeOver(body), Bytes.takeOver(frame.toByteArray()));
    }

    // Case 62: the limits are those of AMF, however large the message may be.
    @Test
    void case62AMegabyteOfMetadataIsBoundedByItsTexts() throws Exception {
        AmfProperties.Builder<AmfEcmaArray> many = AmfEcmaArray.builder();
        for (int i = 0; i < 16; i++) {
            many.put("text" + i, "x".repeat(65_000));
        }
        assertEquals(FrameInfo.METADATA, DataMessages.frame(0, DataMessages.metadata(many.build())).info());
        byte[] one = DataMessages.metadata(AmfEcmaArray.builder().put("text", "x".repeat(1 << 20)).build());
        MalformedException refused = assertThrows(MalformedException.class, () -> DataMessages.frame(0, one));
        assertTrue(refused.getMessage().contains("exceeds 65536"), refused.getMessage());
    }

    // Case 70: the message is what its header says, and whoever reads its values is under the limits of AMF.
    @ParameterizedTest
    @ValueSource(strings = {"03 0001 61", "0a 00000001", "08 00000000 0001 61", "10 0001 43 0001 61", "11 0a 0b 01 03 61", "11 09 03 01"})
    void case70ABombInColourInformationIsADepthError(String opening) throws Exception {
        String bomb = COLOUR_INFO + (opening.startsWith("11") ? "11" + opening.substring(2).repeat(100_000) : opening.repeat(100_000));
        for (String header : List.of("d4 68766331", "84 68766331", "86 04 68766331 00", "97 02 07a120 04 68766331")) {
            MediaFrame frame = FlvFrames.video(0, TrackedBuffers.bytes(header + bomb));
            assertEquals(FrameRole.CONFIGURATION, frame.role());
            TagTrack track = VideoTag.parse(frame.toByteArray()).tracks().get(0);
            Bytes body = Bytes.takeOver(frame.toByteArray()).slice(track.bodyOffset(), track.bodyLength());
            MalformedException refused = assertThrows(MalformedException.class, () -> Amf0Reader.readAll(body.asByteBuf(), AmfLimits.DEFAULT));
            assertEquals("AMF values nested deeper than 32", refused.getMessage());
        }
    }

    // Case 71: a thousand files that declare 16 MB each and end, none of which has been read to its end: 16 GB if they were believed.
    @Test
    void case71NothingIsAllocatedByTheDeclaredSize() throws Exception {
        List<FlvReader> readers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            FlvReader reader = new FlvReader();
            reader.append(Unpooled.wrappedBuffer(TrackedBuffers.bytes(FILE_HEADER + "09 ffffff 000000 00 000000 1701")));
            assertEquals(Optional.empty(), reader.read());
            readers.add(reader);
        }
        for (FlvReader reader : readers) {
            reader.end();
            assertEquals(Optional.empty(), reader.read());
            assertEquals(new FlvDamage(0, 13, 0, 0, 1), reader.damage());
        }
    }

    // Case 71: headers of tags that are none, each of which makes the reader wait for more than it is: all are passed over.
    @Test
    void case71DecoysArePassedOver() throws Exception {
        FlvReader reader = new FlvReader();
        reader.append(Unpooled.wrappedBuffer(TrackedBuffers.bytes(FILE_HEADER)));
        byte[] decoys = TrackedBuffers.bytes("09 000400 000000 00 000000".repeat(100_000));
        for (int at = 0; at < decoys.length; at += 1_000) {
            reader.append(Unpooled.wrappedBuffer(decoys, at, Math.min(1_000, decoys.length - at)));
            assertEquals(Optional.empty(), reader.read());
        }
        reader.end();
        assertEquals(Optional.empty(), reader.read());
        assertEquals(decoys.length, reader.damage().skippedBytes());
    }
}
