package dev.millrace.bench;

import dev.millrace.codec.avc.AvcSequenceParameterSet;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.HexFormat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The sequence parameter set of a test file, {@code avc-high-bframes-aac.flv}: High, 640x360, with VUI and emulation prevention bytes. */
@State(Scope.Thread)
public class AvcSequenceParameterSetBenchmark {

    // Not final: what the compiler knows to be constant, it does not measure.
    private Bytes nalUnit = Bytes.takeOver(HexFormat.of().parseHex("6764001eacd940a02ff97011000003000100000300320f162d96"));

    /** Up to the frame rate. */
    @Benchmark
    public AvcSequenceParameterSet parse() throws MalformedException {
        return AvcSequenceParameterSet.parse(nalUnit);
    }
}
