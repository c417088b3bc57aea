package dev.millrace.bench;

import dev.millrace.codec.nal.NalUnits;
import dev.millrace.media.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An access unit of 20 KiB with four slices of one size, behind lengths of four bytes. */
@State(Scope.Thread)
public class AccessUnitBenchmark {

    private static final int NAL_UNITS = 4;
    private static final int NAL_UNIT_BYTES = 5 * 1024 - 4;

    private final NalUnits units = new NalUnits();

    // Not final: what the compiler knows to be constant, it does not measure.
    private Bytes body = body();

    private static Bytes body() {
        Random random = new Random(1);
        byte[] slice = new byte[NAL_UNIT_BYTES];
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < NAL_UNITS; i++) {
            random.nextBytes(slice);
            slice[0] = 0x41; // a slice of an inter frame
            out.writeInt(slice.length).writeBytes(slice);
        }
        return Bytes.copyOf(out);
    }

    /** The NAL units share the bytes of the message. */
    @Benchmark
    public NalUnits parse() {
        units.scan(body, 0, body.size(), /* nalUnitLengthBytes= */ 4);
        return units;
    }
}
