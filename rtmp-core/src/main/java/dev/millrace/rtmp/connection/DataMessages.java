package dev.millrace.rtmp.connection;

import dev.millrace.amf.Amf0Reader;
import dev.millrace.amf.Amf0Writer;
import dev.millrace.amf.AmfEcmaArray;
import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfString;
import dev.millrace.amf.AmfValue;
import dev.millrace.media.FlvFormatException;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.MediaFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;

/**
 * What publishers say in data messages: {@code @setDataFrame} wraps what is relayed without it; {@code onMetaData} is the stream's metadata;
 * everything else is passed on untouched.
 */
final class DataMessages {

    private static final String SET = "@setDataFrame";
    private static final String CLEAR = "@clearDataFrame";
    private static final String METADATA = "onMetaData";

    private DataMessages() {}

    /**
     * Makes a frame of a data message.
     *
     * @param body taken over
     * @throws FlvFormatException if the body is no AMF, has no name, or is metadata without properties
     */
    static MediaFrame read(long timestampMillis, byte[] body, AmfLimits limits) throws FlvFormatException {
        ByteBuf in = Unpooled.wrappedBuffer(body);
        String name = nameOf(Amf0Reader.readPrefix(in, limits, 1), 0);
        if (name.equals(CLEAR)) {
            return cleared(timestampMillis);
        }
        if (name.equals(SET)) {
            ByteBuf rest = in.slice(3 + SET.length(), body.length - 3 - SET.length());
            byte[] inner = new byte[rest.readableBytes()];
            rest.getBytes(0, inner);
            return plain(timestampMillis, inner, limits);
        }
        return plain(timestampMillis, body, limits);
    }

    private static MediaFrame plain(long timestampMillis, byte[] body, AmfLimits limits) throws FlvFormatException {
        ByteBuf in = Unpooled.wrappedBuffer(body);
        String name = nameOf(Amf0Reader.readPrefix(in, limits, 1), 0);
        if (!name.equals(METADATA)) {
            return MediaFrame.takeOver(FrameInfo.DATA, timestampMillis, body);
        }
        List<AmfValue> values = Amf0Reader.readAll(in, limits);
        if (values.size() < 2 || !(values.get(1) instanceof AmfProperties)) {
            throw new FlvFormatException("onMetaData without properties");
        }
        return MediaFrame.takeOver(FrameInfo.METADATA, timestampMillis, body);
    }

    private static String nameOf(List<AmfValue> values, int index) throws FlvFormatException {
        if (values.size() > index && values.get(index) instanceof AmfString name) {
            return name.value();
        }
        throw new FlvFormatException("data message that does not begin with a string");
    }

    /** Metadata that say nothing, for a publisher that takes its own back. */
    private static MediaFrame cleared(long timestampMillis) {
        ByteBuf out = Unpooled.buffer();
        Amf0Writer.writeAll(List.of(new AmfString(METADATA), AmfEcmaArray.of(Map.of())), out);
        byte[] body = new byte[out.readableBytes()];
        out.readBytes(body);
        return MediaFrame.takeOver(FrameInfo.METADATA, timestampMillis, body);
    }
}
