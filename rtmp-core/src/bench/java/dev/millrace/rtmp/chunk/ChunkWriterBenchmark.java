package dev.millrace.rtmp.chunk;

import dev.millrace.rtmp.chunk.MessageMix.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Cuts messages into chunks. An operation is a KiB of bodies: 1,024 by nanoseconds is GB/s. */
@State(Scope.Thread)
public class ChunkWriterBenchmark {

    /** Before Set Chunk Size, that of many encoders, and ours. */
    @Param({"128", "4096", "60000"})
    public int chunkBytes;

    private final List<Message> messages = MessageMix.messages();
    private ByteBuf out;
    private ChunkWriter writer;

    /** Makes a buffer outside the heap, as sockets want it, that need not grow. */
    @Setup
    public void open() {
        writer = new ChunkWriter(chunkBytes);
        out = Unpooled.directBuffer(2 * MessageMix.KIB << 10);
    }

    /** Gives the buffer back. */
    @TearDown
    public void close() {
        out.release();
    }

    /** Into a buffer that is used again. */
    @Benchmark
    @OperationsPerInvocation(MessageMix.KIB)
    public ByteBuf write() {
        out.clear();
        for (Message message : messages) {
            message.writeTo(out, writer);
        }
        return out;
    }
}
