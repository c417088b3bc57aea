package dev.millrace.rtmp.chunk;

import dev.millrace.rtmp.ByteBudget;
import dev.millrace.rtmp.ChunkLimits;
import dev.millrace.rtmp.MessageLimits;
import dev.millrace.rtmp.RtmpProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Puts the chunks of an accepted publisher together to messages. An operation is a KiB of bodies: 1,024 by nanoseconds is GB/s. */
@State(Scope.Thread)
public class ChunkReaderBenchmark {

    /** What Netty's buffers for a busy socket come to. */
    private static final int SOCKET_READ_BYTES = 64 << 10;

    /** Before Set Chunk Size, that of many encoders, and that of FFmpeg when it has heard ours. */
    @Param({"128", "4096", "60000"})
    public int chunkBytes;

    private ByteBuf in;
    private int end;
    private ChunkReader reader;

    /** Writes what is to be read, and tells the reader the chunk size. */
    @Setup
    public void open() throws RtmpProtocolException {
        reader = new ChunkReader(ChunkLimits.DEFAULT, MessageLimits.DEFAULT, new ByteBudget(1 << 30));
        reader.authorise();
        ByteBuf setChunkSize = Unpooled.buffer();
        new ChunkWriter(128).write(new ChunkMessage(2, 0, 1, 0, Unpooled.copyInt(chunkBytes).array()), setChunkSize);
        reader.read(setChunkSize);

        in = Unpooled.directBuffer(2 * MessageMix.KIB << 10);
        ChunkWriter writer = new ChunkWriter(chunkBytes);
        MessageMix.messages().forEach(message -> message.writeTo(in, writer));
        end = in.writerIndex();
    }

    /** Gives the buffer back. */
    @TearDown
    public void close() {
        reader.close();
        in.release();
    }

    /** The bytes come 64 KiB at a time, wherever that cuts. */
    @Benchmark
    @OperationsPerInvocation(MessageMix.KIB)
    public void read(Blackhole blackhole) throws RtmpProtocolException {
        in.setIndex(0, 0);
        while (in.writerIndex() < end) {
            in.writerIndex(Math.min(end, in.writerIndex() + SOCKET_READ_BYTES));
            for (Optional<ChunkMessage> message = reader.read(in); message.isPresent(); message = reader.read(in)) {
                blackhole.consume(message.get());
            }
        }
    }
}
