package dev.millrace.flv;

import dev.millrace.amf.Amf0Reader;
import dev.millrace.amf.Amf0Writer;
import dev.millrace.amf.AmfEcmaArray;
import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfString;
import dev.millrace.amf.AmfValue;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Data messages: {@code onMetaData} is the stream's metadata, everything else is passed on untouched. What publishers wrap in
 * {@code @setDataFrame} is relayed and stored without it.
 */
public final class DataMessages {

    private static final int LONG_STRING = 0x0C;
    private static final int AMF3 = 0x11;
    private static final String SET = "@setDataFrame";
    private static final String CLEAR = "@clearDataFrame";
    private static final String METADATA = "onMetaData";

    private DataMessages() {}

    /**
     * Makes a frame of a data message in AMF0, with default bounds.
     *
     * @param timestampMillis its time
     * @param body taken over
     * @return metadata or other data
     * @throws MalformedException if the body is no AMF, has no name, or is metadata without properties
     */
    public static MediaFrame frame(long timestampMillis, byte[] body) throws MalformedException {
        return frame(timestampMillis, body, AmfLimits.DEFAULT);
    }

    /**
     * Makes a frame of a data message in AMF0.
     *
     * @param timestampMillis its time
     * @param body taken over
     * @param limits what it may hold
     * @return metadata or other data
     * @throws MalformedException if the body is no AMF, has no name, or is metadata without properties
     */
    public static MediaFrame frame(long timestampMillis, byte[] body, AmfLimits limits) throws MalformedException {
        String name = nameOf(body, limits);
        if (name.equals(SET)) {
            return plain(timestampMillis, Arrays.copyOfRange(body, endOfName(body, SET), body.length), limits);
        }
        if (name.equals(CLEAR)) {
            return MediaFrame.takeOver(FrameInfo.METADATA, timestampMillis, metadata(AmfEcmaArray.of(Map.of())));
        }
        return plain(timestampMillis, body, limits);
    }

    private static MediaFrame plain(long timestampMillis, byte[] body, AmfLimits limits) throws MalformedException {
        if (!nameOf(body, limits).equals(METADATA)) {
            return MediaFrame.takeOver(FrameInfo.DATA, timestampMillis, body);
        }
        List<AmfValue> values = Amf0Reader.readAll(Unpooled.wrappedBuffer(body), limits);
        if (values.size() < 2 || !(values.get(1) instanceof AmfProperties properties)) {
            throw new MalformedException("onMetaData without properties");
        }
        // Metadata in AMF3 is relayed and stored in AMF0, which every player reads.
        boolean amf3 = body[endOfName(body, METADATA)] == AMF3;
        return MediaFrame.takeOver(FrameInfo.METADATA, timestampMillis, amf3 ? metadata(properties) : body);
    }

    /** The index behind the name of a message: its marker, length and text. */
    private static int endOfName(byte[] body, String name) {
        return (body[0] == LONG_STRING ? 5 : 3) + name.length();
    }

    private static String nameOf(byte[] body, AmfLimits limits) throws MalformedException {
        List<AmfValue> first = Amf0Reader.readPrefix(Unpooled.wrappedBuffer(body), limits, 1);
        if (first.isEmpty() || !(first.get(0) instanceof AmfString name) || body[0] == AMF3) {
            throw new MalformedException("data message begins with " + (first.isEmpty() ? "nothing" : first.get(0)) + ", not an AMF0 string");
        }
        return name.value();
    }

    /**
     * The body of a metadata message.
     *
     * @param properties what it says
     * @return {@code onMetaData} and the properties, in AMF0
     */
    public static byte[] metadata(AmfProperties properties) {
        ByteBuf out = Unpooled.buffer();
        Amf0Writer.writeAll(List.of(new AmfString(METADATA), properties), out);
        byte[] body = new byte[out.readableBytes()];
        out.readBytes(body);
        return body;
    }
}
