package dev.millrace.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What {@link TsMuxerBenchmark} cannot be faster than on a machine: the same bytes, into as much new memory, with no
 * thought given to them.
 */
@State(Scope.Thread)
public class TsMuxerFloorBenchmark {

    private static final int FRAMES = 60;
    private static final int PACKET_BYTES = 188;
    private static final int BODY_BYTES = 184;
    private static final int CHUNK_BYTES = 256 * PACKET_BYTES;
    private static final VarHandle HEADER = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    @Param({"3333", "25000", "83333"})
    private int accessUnitBytes;

    private byte[] unit;

    @Setup
    public void makeUnit() {
        unit = new byte[accessUnitBytes];
        new Random(1).nextBytes(unit);
    }

    /** Packets of a header and a piece of the unit. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void packets(Blackhole out) {
        byte[] chunk = new byte[CHUNK_BYTES];
        int at = 0;
        for (int i = 0; i < FRAMES; i++) {
            for (int from = 0; from < accessUnitBytes; from += BODY_BYTES) {
                if (at == chunk.length) {
                    out.consume(chunk);
                    chunk = new byte[CHUNK_BYTES];
                    at = 0;
                }
                HEADER.set(chunk, at, 0x47010010 | from & 0xF);
                System.arraycopy(unit, from, chunk, at + 4, Math.min(BODY_BYTES, accessUnitBytes - from));
                at += PACKET_BYTES;
            }
        }
        out.consume(chunk);
    }

    /** The unit as it is. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void copy(Blackhole out) {
        for (int i = 0; i < FRAMES; i++) {
            out.consume(unit.clone());
        }
    }
}
