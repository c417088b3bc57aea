package dev.millrace.rtmp.stream;

import dev.millrace.media.EndReason;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaSubscriber;
import dev.millrace.media.StreamHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes down what it is told, a word a call; then does what the test wants. */
final class RecordingSubscriber implements MediaSubscriber {

    private final List<String> words = new ArrayList<>();

    Subscription subscription;

    /** Called with each word, on the subscription's executor. */
    Consumer<String> then = word -> {};

    /** What was told since the last call. */
    String take() {
        String told = String.join(" ", words);
        words.clear();
        return told;
    }

    private void add(String word) {
        words.add(word);
        then.accept(word);
    }

    @Override
    public void onStart(StreamHeaders headers) {
        List<String> known = headers.changesSince(StreamHeaders.EMPTY).stream().map(header -> Frames.text(header.atTime(0))).toList();
        add("start" + known);
    }

    @Override
    public void onFrame(MediaFrame frame) {
        add(Frames.text(frame));
    }

    @Override
    public void onGap(long lostFrames) {
        add("gap:" + lostFrames);
    }

    @Override
    public void onBatchEnd() {
        add("batch");
    }

    @Override
    public void onEnd(EndReason reason) {
        add("end:" + reason);
    }
}
