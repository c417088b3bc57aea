package dev.millrace.examples;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Lines of text that a test can wait for. Thread-safe. */
final class Lines implements Consumer<String> {

    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void accept(String line) {
        lines.add(line);
        notifyAll();
    }

    /** What is printed to it comes here. */
    PrintStream printStream() {
        return new PrintStream(new OutputStream() {
            private final ByteArrayOutputStream line = new ByteArrayOutputStream();

            @Override
            public synchronized void write(int b) {
                if (b != '\n') {
                    line.write(b);
                    return;
                }
                accept(line.toString(StandardCharsets.UTF_8).stripTrailing());
                line.reset();
            }
        }, /* autoFlush= */ true, StandardCharsets.UTF_8);
    }

    synchronized List<String> all() {
        return List.copyOf(lines);
    }

    /** Waits for a line that holds a text, and returns the first. */
    String await(String text) throws InterruptedException {
        await(all -> all.stream().anyMatch(line -> line.contains(text)), text);
        return all().stream().filter(line -> line.contains(text)).findFirst().orElseThrow();
    }

    void await(String text, int times) throws InterruptedException {
        await(all -> all.stream().filter(line -> line.contains(text)).count() >= times, times + " of " + text);
    }

    private synchronized void await(Predicate<List<String>> condition, String what) throws InterruptedException {
        long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TestClient.PATIENCE_MILLIS);
        while (!condition.test(lines)) {
            long left = TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("no " + what + " in " + lines);
            }
            wait(left);
        }
    }
}
