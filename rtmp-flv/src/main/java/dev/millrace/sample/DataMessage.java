package dev.millrace.sample;

import dev.millrace.amf.Amf0Reader;
import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfValue;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Objects;

/**
 * A data message with its time: metadata, a cue point, a text. Immutable.
 *
 * @param timeMicros on the stream's clock, in microseconds, unwrapped
 * @param metadata whether this is {@code onMetaData}
 * @param body a name and values in AMF0
 */
public record DataMessage(long timeMicros, boolean metadata, Bytes body) {

    /** Checks for null. */
    public DataMessage {
        Objects.requireNonNull(body, "body");
    }

    /**
     * Parses the body, within {@link AmfLimits#DEFAULT}.
     *
     * @return the name of the message, then its values
     * @throws MalformedException if it is not AMF0, or exceeds the limits
     */
    public List<AmfValue> values() throws MalformedException {
        ByteBuf in = body.asByteBuf();
        return Amf0Reader.readAll(in, AmfLimits.DEFAULT);
    }
}
