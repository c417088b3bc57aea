package dev.millrace.rtmp.chunk;

import dev.millrace.rtmp.RtmpProtocolException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Bytes in, messages out: what the tests of the chunk layer share. */
final class Chunks {

    private static final Pattern REPEATED = Pattern.compile("([0-9a-f]{2})\\*(\\d+)");

    private Chunks() {}

    /** A message without an array, so that it can be compared and printed. */
    record Sample(int chunkStreamId, int timestampMillis, int typeId, int messageStreamId, String payloadHex) {

        static Sample of(ChunkMessage message) {
            return new Sample(
                    message.chunkStreamId(),
                    message.timestampMillis(),
                    message.typeId(),
                    message.messageStreamId(),
                    HexFormat.of().formatHex(message.payload()));
        }

        ChunkMessage message() {
            return new ChunkMessage(chunkStreamId, timestampMillis, typeId, messageStreamId, HexFormat.of().parseHex(payloadHex));
        }

        /** As in the tables: chunk stream id, time, type, message stream id and payload. */
        @Override
        public String toString() {
            return (chunkStreamId + " " + Integer.toUnsignedString(timestampMillis) + " " + typeId + " "
                            + Integer.toUnsignedString(messageStreamId) + " " + payloadHex)
                    .strip();
        }
    }

    /** Writes out what stands for many bytes: {@code aa*128}. */
    static String expand(String text) {
        return REPEATED.matcher(text).replaceAll(run -> run.group(1).repeat(Integer.parseInt(run.group(2))));
    }

    /** All messages as one text. */
    static String text(List<Sample> messages) {
        return String.join(" | ", messages.stream().map(Sample::toString).toList());
    }

    /** Reads until there is no whole message left. */
    static List<Sample> read(ChunkReader reader, ByteBuf in) throws RtmpProtocolException {
        List<Sample> messages = new ArrayList<>();
        Optional<ChunkMessage> message = reader.read(in);
        while (message.isPresent()) {
            messages.add(Sample.of(message.get()));
            message = reader.read(in);
        }
        return messages;
    }

    /** Lets the bytes arrive in pieces of these sizes, again and again; what was not consumed comes again. One size at least is not 0. */
    static List<Sample> readInPieces(ChunkReader reader, ByteBuf in, int... pieces) throws RtmpProtocolException {
        int end = in.writerIndex();
        in.writerIndex(in.readerIndex());
        List<Sample> messages = new ArrayList<>();
        for (int i = 0; in.writerIndex() < end; i++) {
            in.writerIndex(Math.min(end, in.writerIndex() + pieces[i % pieces.length]));
            messages.addAll(read(reader, in));
        }
        return messages;
    }
}
