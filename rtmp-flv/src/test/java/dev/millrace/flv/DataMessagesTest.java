package dev.millrace.flv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfObject;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies by hand: AMF0 strings are 02, length, text. */
class DataMessagesTest {

    private static final String ON_METADATA = "02 000a 6f6e4d65746144617461";
    private static final String SET = "02 000d 407365744461746146 72616d65";
    private static final String CLEAR = "02 000f 40636c65617244617461 4672616d65";
    private static final String PROPERTIES = "08 00000001 0005 7769647468 00 4074000000000000 000009";

    private static MediaFrame frame(String hex) throws MalformedException {
        return DataMessages.frame(7, TrackedBuffers.bytes(hex));
    }

    @Test
    void whatIsSetIsRelayedWithoutTheWrapper() throws Exception {
        MediaFrame frame = frame(SET + ON_METADATA + PROPERTIES);
        assertEquals(FrameInfo.METADATA, frame.info());
        assertEquals(7, frame.timestampMillis());
        assertArrayEquals(TrackedBuffers.bytes(ON_METADATA + PROPERTIES), frame.toByteArray());
    }

    @Test
    void metadataMayComeUnwrappedAndAsAnObject() throws Exception {
        assertEquals(FrameInfo.METADATA, frame(ON_METADATA + PROPERTIES).info());
        assertEquals(FrameInfo.METADATA, frame(ON_METADATA + "03 0005 7769647468 00 4074000000000000 000009").info());
    }

    @Test
    void whatIsClearedSaysNothing() throws Exception {
        MediaFrame frame = frame(CLEAR + ON_METADATA);
        assertEquals(FrameInfo.METADATA, frame.info());
        assertArrayEquals(TrackedBuffers.bytes(ON_METADATA + "08 00000000 000009"), frame.toByteArray());
    }

    @Test
    void metadataInAmf3BecomeAmf0() throws Exception {
        MediaFrame frame = frame(ON_METADATA + "11 0a0b01 0b7769647468 048240 01");
        assertEquals(FrameInfo.METADATA, frame.info());
        assertArrayEquals(TrackedBuffers.bytes(ON_METADATA + "03 0005 7769647468 00 4074000000000000 000009"), frame.toByteArray());
        String longName = ON_METADATA.replace("02 000a", "0c 0000000a");
        assertArrayEquals(frame.toByteArray(), frame(SET + longName + "11 0a0b01 0b7769647468 048240 01").toByteArray());
    }

    @Test
    void metadataInAmf3IsCutOffWhereItContainsItself() throws Exception {
        MediaFrame frame = frame(ON_METADATA + "11 0a0b01 03 61 0a00 01");
        assertArrayEquals(TrackedBuffers.bytes(ON_METADATA + "03 0001 61 0d 000009"), frame.toByteArray());
    }

    @Test
    void metadataInAmf0IsUntouchedWhateverIsInside() throws Exception {
        String body = ON_METADATA + "03 0001 61 11 0401 000009";
        assertArrayEquals(TrackedBuffers.bytes(body), frame(body).toByteArray());
    }

    @Test
    void theWrapperMayBeALongString() throws Exception {
        assertEquals(FrameInfo.METADATA, frame(SET.replace("02 000d", "0c 0000000d") + ON_METADATA + PROPERTIES).info());
    }

    @Test
    void otherDataArePassedOnUntouched() throws Exception {
        String cuePoint = "02 000a 6f6e437565506f696e74 11 0401 ff";
        MediaFrame frame = frame(cuePoint);
        assertEquals(FrameInfo.DATA, frame.info());
        assertArrayEquals(TrackedBuffers.bytes(cuePoint), frame.toByteArray());
        assertEquals(FrameInfo.DATA, frame(SET + cuePoint).info());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            nothing,                  '',                                 begins with nothing
            a number,                 00 3ff0000000000000,                not an AMF0 string
            a time code,              01020304,                           not an AMF0 string
            a string in AMF3,         11 06 15 6f6e4d65746144617461 03 000009, not an AMF0 string
            cut off,                  02 000a 6f6e,                       10
            metadata as a number,     02 000a 6f6e4d65746144617461 00 3ff0000000000000, without properties
            metadata without a value, 02 000a 6f6e4d65746144617461,       without properties
            nothing to set,           02 000d 407365744461746146 72616d65, begins with nothing
            """)
    void refuses(String name, String body, String reason) {
        MalformedException e = assertThrows(MalformedException.class, () -> frame(body));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void metadataWithTooManyValuesAreRefused() {
        assertThrows(
                MalformedException.class,
                () -> DataMessages.frame(0, TrackedBuffers.bytes(ON_METADATA + PROPERTIES), new AmfLimits(32, 2, 100)));
    }

    @Test
    void writesMetadata() {
        byte[] body = DataMessages.metadata(AmfObject.builder().put("width", 320).build());
        assertArrayEquals(TrackedBuffers.bytes(ON_METADATA + "03 0005 7769647468 00 4074000000000000 000009"), body);
    }
}
