package dev.millrace.recording;

import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfObject;
import dev.millrace.amf.AmfStrictArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Times and file positions of keyframes, up to a capacity: when it is full, every second entry is removed. */
final class KeyframeIndex {

    private final long[] millis;
    private final long[] positions;
    private int size;
    private int step = 1;
    private long seen;

    KeyframeIndex(int capacity) {
        this.millis = new long[capacity];
        this.positions = new long[capacity];
    }

    void add(long timestampMillis, long position) {
        if (seen++ % step != 0) {
            return;
        }
        if (size == millis.length) {
            halve();
            if ((seen - 1) % step != 0) {
                return;
            }
        }
        millis[size] = timestampMillis;
        positions[size] = position;
        size++;
    }

    private void halve() {
        int kept = 0;
        for (int i = 0; i < size; i += 2) {
            millis[kept] = millis[i];
            positions[kept] = positions[i];
            kept++;
        }
        size = kept;
        step *= 2;
    }

    long keyframes() {
        return seen;
    }

    /** Returns the index in the form that players read: seconds and byte positions. */
    AmfObject toObject() {
        return AmfObject.builder()
                .put("filepositions", numbers(positions, 1))
                .put("times", numbers(millis, 1_000))
                .build();
    }

    private AmfStrictArray numbers(long[] values, int unitsPerNumber) {
        List<AmfNumber> numbers = new ArrayList<>(size);
        Arrays.stream(values, 0, size).forEach(value -> numbers.add(new AmfNumber((double) value / unitsPerNumber)));
        return new AmfStrictArray(numbers);
    }
}
