package dev.millrace.rtmp.chunk;

import dev.millrace.rtmp.chunk.Chunks.Sample;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Sends messages in every way that is legal, or that a sender is known to use: any format that fits, chunk streams interleaved, either long form
 * of the chunk stream id, and three habits with extended timestamps in continuations. Shares no code with the library. The seed decides.
 */
final class HandChunker {

    /** What a sender puts in a continuation where the header had an extended timestamp. */
    private enum Habit {
        REPEAT,
        LEAVE_OUT,
        ZERO
    }

    private static final class Sender {
        final Deque<Sample> waiting = new ArrayDeque<>();
        Habit habit;
        boolean begun;
        long time;
        long delta;
        boolean extended;
        int extendedField;
        int length;
        int typeId;
        int messageStreamId;
        byte[] body;
        int sent;

        Sender(Habit habit) {
            this.habit = habit;
        }
    }

    private final SplittableRandom random;
    private final Map<Integer, Sender> senders = new TreeMap<>();
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final List<Sample> complete = new ArrayList<>();
    private int chunkBytes = 128;
    private long chunks;

    HandChunker(List<Sample> messages, long seed) {
        random = new SplittableRandom(seed);
        for (Sample message : messages) {
            senders.computeIfAbsent(message.chunkStreamId(), id -> new Sender(Habit.values()[random.nextInt(3)])).waiting.add(message);
        }
        // Zeros are understood in place of a timestamp only where coded media go on.
        for (Sender sender : senders.values()) {
            boolean media = sender.waiting.stream().allMatch(message -> message.typeId() == 8 || message.typeId() == 9);
            sender.habit = sender.habit == Habit.ZERO && !media ? Habit.REPEAT : sender.habit;
        }
        List<Integer> ids = new ArrayList<>(senders.keySet());
        while (!ids.isEmpty()) {
            int id = ids.get(random.nextInt(ids.size()));
            Sender sender = senders.get(id);
            if (sender.body == null && sender.waiting.isEmpty()) {
                ids.remove((Integer) id);
            } else {
                sendChunk(id, sender);
            }
        }
    }

    byte[] wire() {
        return wire.toByteArray();
    }

    /** What must be read, in this order. */
    List<Sample> complete() {
        return complete;
    }

    long chunks() {
        return chunks;
    }

    private void sendChunk(int id, Sender sender) {
        chunks++;
        if (sender.body == null) {
            begin(id, sender);
        } else {
            basicHeader(3, id);
            if (sender.extended && sender.habit != Habit.LEAVE_OUT) {
                put(sender.habit == Habit.ZERO ? 0 : sender.extendedField, 4);
            }
        }
        int count = Math.min(chunkBytes, sender.body.length - sender.sent);
        wire.write(sender.body, sender.sent, count);
        sender.sent += count;
        if (sender.sent == sender.body.length) {
            end(id, sender);
        }
    }

    private void begin(int id, Sender sender) {
        Sample message = sender.waiting.peek();
        byte[] body = HexFormat.of().parseHex(message.payloadHex());
        long time = Integer.toUnsignedLong(message.timestampMillis());
        long delta = time - sender.time & 0xFFFFFFFFL;
        int format = lowestFormat(sender, message, body.length, delta);
        format = random.nextInt(format + 1);
        long field = format == 0 ? time : delta;
        sender.extended = field >= 0xFFFFFF;
        sender.extendedField = (int) field;
        basicHeader(format, id);
        if (format < 3) {
            put(sender.extended ? 0xFFFFFF : (int) field, 3);
        }
        if (format < 2) {
            put(body.length, 3);
            put(message.typeId(), 1);
        }
        if (format == 0) {
            put(Integer.reverseBytes(message.messageStreamId()), 4);
            sender.messageStreamId = message.messageStreamId();
        }
        if (sender.extended) {
            put(sender.extendedField, 4);
        }
        sender.begun = true;
        sender.time = time;
        sender.delta = field;
        sender.length = body.length;
        sender.typeId = message.typeId();
        sender.sent = 0;
        sender.body = sender.habit == Habit.LEAVE_OUT ? unlikeTimestamp(body, sender.extendedField) : body;
    }

    /** The shortest header that can say it. */
    private static int lowestFormat(Sender sender, Sample message, int length, long delta) {
        if (message.messageStreamId() != sender.messageStreamId) {
            return 0;
        }
        if (!sender.begun || length != sender.length || message.typeId() != sender.typeId) {
            return 1;
        }
        return delta == sender.delta ? 3 : 2;
    }

    /** Nobody can tell a timestamp that was left out from a payload that looks like it. */
    private static byte[] unlikeTimestamp(byte[] body, int timestamp) {
        byte first = (byte) (timestamp >>> 24);
        byte[] unlike = body.clone();
        for (int i = 0; i < unlike.length; i++) {
            if (unlike[i] == 0 || unlike[i] == first) {
                unlike[i] = (byte) (first == 0x55 ? 0x56 : 0x55);
            }
        }
        return unlike;
    }

    private void end(int id, Sender sender) {
        Sample asked = sender.waiting.remove();
        byte[] body = sender.body;
        sender.body = null;
        complete.add(new Sample(id, asked.timestampMillis(), asked.typeId(), asked.messageStreamId(), HexFormat.of().formatHex(body)));
        if (asked.typeId() == 1) {
            chunkBytes = (int) Math.min(number(body), 0xFFFFFF);
        } else if (asked.typeId() == 2) {
            abort(number(body));
        }
    }

    private void abort(long chunkStreamId) {
        for (Iterator<Map.Entry<Integer, Sender>> all = senders.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Integer, Sender> each = all.next();
            if (each.getKey() == chunkStreamId && each.getValue().body != null) {
                each.getValue().body = null;
                each.getValue().waiting.remove();
            }
        }
    }

    private static long number(byte[] body) {
        return Long.parseLong(HexFormat.of().formatHex(Arrays.copyOf(body, 4)), 16);
    }

    private void basicHeader(int format, int id) {
        if (id < 64) {
            put(format << 6 | id, 1);
        } else if (id < 320 && random.nextBoolean()) {
            put(format << 6, 1);
            put(id - 64, 1);
        } else {
            put(format << 6 | 1, 1);
            put((id - 64) % 256, 1);
            put((id - 64) / 256, 1);
        }
    }

    private void put(int value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            wire.write(value >>> 8 * i);
        }
    }
}
