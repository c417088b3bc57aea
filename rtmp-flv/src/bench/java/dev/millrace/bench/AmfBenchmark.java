package dev.millrace.bench;

import dev.millrace.amf.Amf0Reader;
import dev.millrace.amf.Amf0Writer;
import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfValue;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What FFmpeg sends at the start of a stream, in buffers in the heap. */
@State(Scope.Thread)
public class AmfBenchmark {

    /** Of FFmpeg 8: thirteen properties, 293 bytes. */
    private static final String METADATA =
            "02000a6f6e4d65746144617461080000000d00086475726174696f6e00401851eb851eb85200057769647468004084000000000000000668"
                    + "6569676874004076800000000000000d766964656f64617461726174650040724f800000000000096672616d657261746500403900000000"
                    + "0000000c766964656f636f646563696400401c000000000000000d617564696f646174617261746500404f400000000000000f617564696f"
                    + "73616d706c65726174650040e7700000000000000f617564696f73616d706c6573697a65004030000000000000000673746572656f010100"
                    + "0c617564696f636f64656369640040240000000000000007656e636f64657202000d4c61766636322e31322e313032000866696c6573697a"
                    + "6500411154bc00000000000009";
    /** Of FFmpeg 5: an object of four texts, 150 bytes. */
    private static final String CONNECT =
            "020007636f6e6e656374003ff00000000000000300036170700200096c6976652f696e737400047479706502000a6e6f6e70726976617465"
                    + "0008666c617368566572020024464d4c452f332e302028636f6d70617469626c653b204c61766635392e32372e313030290005746355726c"
                    + "02002072746d703a2f2f3132372e302e302e313a31393335312f6c6976652f696e7374000009";
    /** The object of {@link #CONNECT} in AMF3, without class and with dynamic members only: a marker and 123 bytes. */
    private static final String ANONYMOUS_OBJECT =
            "110a0b010761707006136c6976652f696e7374097479706506156e6f6e7072697661746511666c6173685665720649464d4c452f332e302028"
                    + "636f6d70617469626c653b204c61766635392e32372e313030290b746355726c064172746d703a2f2f3132372e302e302e313a3139333531"
                    + "2f6c6976652f696e737401";

    private final ByteBuf metadata = hex(METADATA);
    private final ByteBuf connect = hex(CONNECT);
    private final ByteBuf anonymousObject = hex(ANONYMOUS_OBJECT);
    private final ByteBuf out = Unpooled.buffer(1024);
    private List<AmfValue> metadataValues;
    private List<AmfValue> connectValues;

    private static ByteBuf hex(String text) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(text));
    }

    /** Reads what is to be written. */
    @Setup
    public void readValues() throws MalformedException {
        metadataValues = readMetadata();
        connectValues = readConnect();
    }

    /** {@code onMetaData} with its ECMA array. */
    @Benchmark
    public List<AmfValue> readMetadata() throws MalformedException {
        return Amf0Reader.readAll(metadata, AmfLimits.DEFAULT);
    }

    /** {@code connect} with its transaction and its object. */
    @Benchmark
    public List<AmfValue> readConnect() throws MalformedException {
        return Amf0Reader.readAll(connect, AmfLimits.DEFAULT);
    }

    /** Into a buffer that is large enough, and used again. */
    @Benchmark
    public ByteBuf writeMetadata() {
        Amf0Writer.writeAll(metadataValues, out.clear());
        return out;
    }

    /** Into a buffer that is large enough, and used again. */
    @Benchmark
    public ByteBuf writeConnect() {
        Amf0Writer.writeAll(connectValues, out.clear());
        return out;
    }

    /** An object in AMF3. */
    @Benchmark
    public List<AmfValue> readAnonymousObject() throws MalformedException {
        return Amf0Reader.readAll(anonymousObject, AmfLimits.DEFAULT);
    }
}
