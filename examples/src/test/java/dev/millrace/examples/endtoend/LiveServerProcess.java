package dev.millrace.examples.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** LiveServer as a process of its own, on free ports where no others are given. */
final class LiveServerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private LiveServerProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    static LiveServerProcess start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-cp", System.getProperty("java.class.path"),
                "dev.millrace.examples.LiveServer", "--host", "127.0.0.1", "--warm-up", "off"));
        command.addAll(List.of(options));
        for (String port : List.of("--rtmp-port", "--http-port")) {
            if (!command.contains(port)) {
                command.addAll(List.of(port, "0"));
            }
        }
        return new LiveServerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Reads on to a line that fits, and returns the first group of the match. */
    String awaitLine(String pattern) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            seen.add(line);
            Matcher matcher = Pattern.compile(pattern).matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError("no line with " + pattern + " in " + seen);
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
