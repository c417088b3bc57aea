package dev.millrace.liveserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LiveServerTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new LiveServer()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    @Test
    void helpNamesEveryOption() {
        assertEquals(0, run("--help"));
        for (String option : new String[] {
            "--host", "--rtmp-port", "--http-port", "--publish-key", "--admin-token", "--demo", "--record", "--data", "--hls", "--hls-store",
            "--hls-grace", "--merge-window", "--transport", "--warm-up", "--help", "--version"
        }) {
            assertTrue(out.toString().contains(option), out.toString());
        }
        assertEquals("", err.toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            --bogus,            Unknown option: '--bogus'
            --rtmp-port=x,      Invalid value for option '--rtmp-port': 'x' is not an int
            --rtmp-port=65536,  --rtmp-port 65536 is not 0 to 65535
            --http-port=-1,     --http-port -1 is not 0 to 65535
            --merge-window=-1,  --merge-window -1 is not 0 to 5000
            --hls-grace=3601,   --hls-grace 3601 is not 0 to 3600
            --publish-key=,     --publish-key is empty
            --transport=ipx,    "Invalid value for option '--transport': expected one of [nio, epoll, io_uring] (case-sensitive) but was 'ipx'"
            something,          Unmatched argument at index 0: 'something'
            """, quoteCharacter = '"')
    void wrongUsageIsToldAndExits2(String argument, String line) {
        assertEquals(2, run(argument));
        assertTrue(err.toString().startsWith(line + System.lineSeparator()), err.toString());
        assertTrue(err.toString().contains("Usage: live-server"), err.toString());
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RTMP", "HTTP"})
    void takenPortIsToldInOneLineAndExits1(String which) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String taken = Integer.toString(other.getLocalPort());
            int exitCode = run(
                    "--host", "127.0.0.1", "--rtmp-port", which.equals("RTMP") ? taken : "0", "--http-port", which.equals("HTTP") ? taken : "0");
            assertEquals(1, exitCode);
            assertEquals(which + " port " + taken + " on 127.0.0.1 cannot be used: Address already in use", err.toString().strip());
            assertEquals("", out.toString());
        }
    }

    @Test
    void unknownHostIsToldInOneLineAndExits1() {
        assertEquals(1, run("--host", "host.invalid", "--rtmp-port", "0", "--http-port", "0"));
        assertEquals(1, err.toString().lines().count(), err.toString());
    }
}
