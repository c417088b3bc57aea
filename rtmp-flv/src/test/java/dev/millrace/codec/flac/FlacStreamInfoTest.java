package dev.millrace.codec.flac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlacStreamInfoTest {

    private static final String MONO = "120012000019c4001d980ac440f0000033ae12886b7d0c3f138116869352cdf4b674";

    // RFC 9639, 8.2. "sent" are headers of FFmpeg 8.1, whose ffprobe agrees; the others are by hand. Each is also written.
    // Columns: bytes | blocks, frames, rate, channels, bits, samples
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            sent, mono 16 bit   | 120012000019c4001d980ac440f0000033ae12886b7d0c3f138116869352cdf4b674 | 4608 4608 6596 7576 44100 1 16 13230
            sent, stereo 16 bit | 120012000018ea001c980ac442f0000033ae1af59f90324e864e85fe18635773f720 | 4608 4608 6378 7320 44100 2 16 13230
            sent, 5.1 16 bit    | 120012000019dd001dac0ac44af0000033aec6acbd8bbfc2c34ef3c3773596916142 | 4608 4608 6621 7596 44100 6 16 13230
            sent, stereo 24 bit | 1200120000289200 2e9f0ac44370000033ae882a8550d20a5f50d5f7c277d56c156f | 4608 4608 10386 11935 44100 2 24 13230
            sent, 5.1 24 bit    | 12001200002983002faf0ac44b70000033aefa5dee4f146b3355eab7b20d4b4fcd32 | 4608 4608 10627 12207 44100 6 24 13230
            least               | 0010 0010 000000 000000 00001 030 00000000 00000000000000000000000000000000 | 16 16 0 0 1 1 4 0
            most | ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff | 65535 65535 16777215 16777215 1048575 8 32 68719476735
            """)
    void readsAndWrites(String name, String wire, String fields) throws Exception {
        FlacStreamInfo info = parse(wire);
        assertEquals(fields, text(info));
        assertEquals(wire.replace(" ", ""), written(info));
        assertEquals(wire.replace(" ", "").substring(36), ByteBufUtil.hexDump(info.md5().toByteArray()));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            block header                     | 00000022          | ''
            block header, the last           | 80000022          | ''
            signature and block header       | 664c6143 00000022 | ''
            signature and the last           | 664c6143 80000022 | ''
            block header, then another block | 00000022          | 84000001 00
            signature, then another block    | 664c6143 00000022 | 84000001 00
            """)
    void readsOtherForms(String name, String before, String behind) throws Exception {
        FlacStreamInfo info = parse(before + MONO + behind);
        assertEquals(parse(MONO), info);
        assertEquals(MONO, written(info));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing             | ''                                                               | FLAC header of 0 bytes
            3 bytes             | 664c61                                                           | FLAC header of 3 bytes
            signature only      | 664c6143                                                         | FLAC header of 4 bytes
            33 bytes            | 120012000019c4001d980ac440f0000033ae12886b7d0c3f138116869352cdf4b6 | FLAC header of 33 bytes
            35 bytes            | 120012000019c4001d980ac440f0000033ae12886b7d0c3f138116869352cdf4b67400 | FLAC header of 35 bytes
            41 bytes            | 664c614300000022120012000019c4001d980ac440f0000033ae12886b7d0c3f138116869352cdf4b6 | FLAC header of 41 bytes
            no block header     | 120012000019c4001d980ac440f0000033ae12886b7d0c3f138116869352cdf4b67400000000 | metadata block 12001200
            padding             | 664c614301000022120012000019c4001d980ac440f0000033ae12886b7d0c3f138116869352cdf4b674 | metadata block 1000022
            35 bytes of block   | 664c614300000023120012000019c4001d980ac440f0000033ae12886b7d0c3f138116869352cdf4b67400 | metadata block 23
            blocks of 15        | 000f12000019c4001d980ac440f0000033ae12886b7d0c3f138116869352cdf4b674 | FLAC blocks of 15 to 4608
            blocks in disorder  | 120111ff0019c4001d980ac440f0000033ae12886b7d0c3f138116869352cdf4b674 | FLAC blocks of 4609 to 4607
            rate 0              | 120012000019c4001d98000000f0000033ae12886b7d0c3f138116869352cdf4b674 | FLAC sample rate 0
            3 bits              | 120012000019c4001d980ac44020000033ae12886b7d0c3f138116869352cdf4b674 | FLAC samples of 3 bits
            """)
    void refuses(String name, String wire, String reason) {
        MalformedException e = assertThrows(MalformedException.class, () -> parse(wire));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void comparesFormats() throws Exception {
        FlacStreamInfo info = new FlacStreamInfo(16, 16, 0, 0, 44100, 1, 16, 0, Bytes.copyOf(new byte[16]));
        assertTrue(parse(MONO).hasFormatOf(info));
        assertFalse(parse(MONO).hasFormatOf(new FlacStreamInfo(16, 16, 0, 0, 48000, 1, 16, 0, Bytes.copyOf(new byte[16]))));
        assertFalse(parse(MONO).hasFormatOf(new FlacStreamInfo(16, 16, 0, 0, 44100, 2, 16, 0, Bytes.copyOf(new byte[16]))));
        assertFalse(parse(MONO).hasFormatOf(new FlacStreamInfo(16, 16, 0, 0, 44100, 1, 24, 0, Bytes.copyOf(new byte[16]))));
        assertEquals("fLaC", FlacStreamInfo.CODEC_STRING);
    }

    @ParameterizedTest
    @CsvSource({
        "15, 16, 1, 1, 4, 0, 16", "17, 16, 1, 1, 4, 0, 16", "16, 65536, 1, 1, 4, 0, 16", "16, 16, 0, 1, 4, 0, 16",
        "16, 16, 1048576, 1, 4, 0, 16", "16, 16, 1, 0, 4, 0, 16", "16, 16, 1, 9, 4, 0, 16", "16, 16, 1, 1, 3, 0, 16",
        "16, 16, 1, 1, 33, 0, 16", "16, 16, 1, 1, 4, -1, 16", "16, 16, 1, 1, 4, 68719476736, 16", "16, 16, 1, 1, 4, 0, 15"
    })
    void checksWhatItIsMadeOf(int min, int max, int rate, int channels, int bits, long samples, int md5Bytes) {
        Bytes md5 = Bytes.copyOf(new byte[md5Bytes]);
        assertThrows(IllegalArgumentException.class, () -> new FlacStreamInfo(min, max, 0, 0, rate, channels, bits, samples, md5));
    }

    static FlacStreamInfo parse(String wire) throws MalformedException {
        return FlacStreamInfo.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)));
    }

    static String written(FlacStreamInfo info) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            info.writeTo(out);
            String text = ByteBufUtil.hexDump(out);
            out.release();
            return text;
        }
    }

    private static String text(FlacStreamInfo info) {
        return info.minBlockSamples() + " " + info.maxBlockSamples() + " " + info.minFrameBytes() + " " + info.maxFrameBytes() + " "
                + info.sampleRateHz() + " " + info.channels() + " " + info.bitsPerSample() + " " + info.totalSamples();
    }
}
