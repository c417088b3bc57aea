package dev.millrace.examples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process and the file with what it prints. */
public final class RunningTool implements AutoCloseable {

    /** So long that only a process that hangs takes longer. */
    private static final long TIMEOUT_SECONDS = 60;

    private final Tool tool;
    private final Process process;
    private final Path log;

    private RunningTool(Tool tool, Process process, Path log) {
        this.tool = tool;
        this.process = process;
        this.log = log;
    }

    public static RunningTool start(Tool tool, Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(tool.command());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(tool.environment());
        return new RunningTool(tool, builder.start(), log);
    }

    /** What the process reads. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Completes when it has ended. */
    public CompletableFuture<Void> onExit() {
        return process.onExit().thenRun(() -> { });
    }

    /** Waits until it has ended by itself. */
    public int awaitExitValue() throws InterruptedException {
        assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS), () -> tool.name() + " does not end: " + output());
        return process.exitValue();
    }

    /** Waits until it has ended by itself and well. */
    public void awaitSuccess() throws InterruptedException {
        assertEquals(0, awaitExitValue(), () -> tool.name() + " failed: " + output());
    }

    public String output() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
