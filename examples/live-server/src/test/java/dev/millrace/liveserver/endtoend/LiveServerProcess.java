package dev.millrace.liveserver.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** LiveServer as a process of its own, on free ports where no others are given. */
final class LiveServerProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 90;

    private final Process process;

    /** What it printed and nobody has read yet; empty behind the last line. */
    private final BlockingQueue<Optional<String>> output = new LinkedBlockingQueue<>();

    private LiveServerProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "output of LiveServer");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(line -> output.add(Optional.of(line)));
        } catch (IOException | UncheckedIOException e) {
            output.add(Optional.of(e.toString()));
        }
        output.add(Optional.empty());
    }

    static LiveServerProcess start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-cp", System.getProperty("java.class.path"),
                "dev.millrace.liveserver.LiveServer", "--host", "127.0.0.1", "--warm-up", "off"));
        command.addAll(List.of(options));
        for (String port : List.of("--rtmp-port", "--http-port")) {
            if (!command.contains(port)) {
                command.addAll(List.of(port, "0"));
            }
        }
        return new LiveServerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Reads on to a line that fits, and returns the first group of the match. */
    String awaitLine(String pattern) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        Optional<String> line = nextLine();
        while (line.isPresent()) {
            seen.add(line.get());
            Matcher matcher = Pattern.compile(pattern).matcher(line.get());
            if (matcher.find()) {
                return matcher.group(1);
            }
            line = nextLine();
        }
        throw new AssertionError("no line with " + pattern + " in " + seen);
    }

    /** The next one if it comes in time and there is one. */
    private Optional<String> nextLine() throws InterruptedException {
        Optional<String> line = output.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return line == null ? Optional.empty() : line;
    }

    Process process() {
        return process;
    }

    /** Kills it, if it runs: no shutdown hook, no last words. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
