package dev.millrace.codec.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.aac.AacExtension.Presence;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioSpecificConfigTest {

    // By hand from ISO/IEC 14496-3, 1.6.2.1. "sent" are bytes of FFmpeg 8.1, whose ffprobe agrees. Each is also written.
    // Columns: bytes | object type, Hz, index, configuration, channels, frame | SBR, PS, Hz | decoder's Hz and channels | codec string
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            LC 44.1 kHz stereo       | 1210             | 2 44100 4 2 2 1024    | UNSAID UNSAID          | 44100 2  | mp4a.40.2
            LC 48 kHz stereo         | 1190             | 2 48000 3 2 2 1024    | UNSAID UNSAID          | 48000 2  | mp4a.40.2
            Main 48 kHz mono         | 0988             | 1 48000 3 1 1 1024    | UNSAID UNSAID          | 48000 1  | mp4a.40.1
            SSR 8 kHz mono           | 1d88             | 3 8000 11 1 1 1024    | UNSAID UNSAID          | 8000 1   | mp4a.40.3
            LTP 7.35 kHz mono        | 2608             | 4 7350 12 1 1 1024    | UNSAID UNSAID          | 7350 1   | mp4a.40.4
            960 samples              | 1194             | 2 48000 3 2 2 960     | UNSAID UNSAID          | 48000 2  | mp4a.40.2
            rate written out         | 17800f3de8       | 2 7803 15 13 24 1024  | UNSAID UNSAID          | 7803 24  | mp4a.40.2
            highest rate             | 17ffffff90       | 2 16777215 15 2 2 1024| UNSAID UNSAID          | 16777215 2 | mp4a.40.2
            configuration 7          | 11b8             | 2 48000 3 7 8 1024    | UNSAID UNSAID          | 48000 8  | mp4a.40.2
            configuration 11         | 11d8             | 2 48000 3 11 7 1024   | UNSAID UNSAID          | 48000 7  | mp4a.40.2
            configuration 12         | 11e0             | 2 48000 3 12 8 1024   | UNSAID UNSAID          | 48000 8  | mp4a.40.2
            configuration 14         | 11f0             | 2 48000 3 14 8 1024   | UNSAID UNSAID          | 48000 8  | mp4a.40.2
            sent, mono 44.1 kHz      | 120856e500       | 2 44100 4 1 1 1024    | ABSENT UNSAID          | 44100 1  | mp4a.40.2
            sent, mono 48 kHz        | 118856e500       | 2 48000 3 1 1 1024    | ABSENT UNSAID          | 48000 1  | mp4a.40.2
            sent, mono 22 kHz        | 138856e500       | 2 22050 7 1 1 1024    | ABSENT UNSAID          | 22050 1  | mp4a.40.2
            sent, mono 96 kHz        | 100856e500       | 2 96000 0 1 1 1024    | ABSENT UNSAID          | 96000 1  | mp4a.40.2
            sent, mono 8 kHz         | 158856e500       | 2 8000 11 1 1 1024    | ABSENT UNSAID          | 8000 1   | mp4a.40.2
            sent, 3.0                | 119856e500       | 2 48000 3 3 3 1024    | ABSENT UNSAID          | 48000 3  | mp4a.40.2
            sent, 5.0                | 11a856e500       | 2 48000 3 5 5 1024    | ABSENT UNSAID          | 48000 5  | mp4a.40.2
            sent, 5.1                | 11b056e500       | 2 48000 3 6 6 1024    | ABSENT UNSAID          | 48000 6  | mp4a.40.2
            HE-AAC, first            | 2b920800         | 2 22050 7 2 2 1024    | PRESENT UNSAID 44100 first | 44100 2 | mp4a.40.5
            HE-AAC v2, first         | eb8a0800         | 2 22050 7 1 1 1024    | PRESENT PRESENT 44100 first | 44100 2 | mp4a.40.29
            HE-AAC, behind           | 139056e5a0       | 2 22050 7 2 2 1024    | PRESENT UNSAID 44100   | 44100 2  | mp4a.40.2
            HE-AAC v2, behind        | 138856e5a54880   | 2 22050 7 1 1 1024    | PRESENT PRESENT 44100  | 44100 2  | mp4a.40.2
            HE-AAC v2, stereo core   | 139056e5a54880   | 2 22050 7 2 2 1024    | PRESENT PRESENT 44100  | 44100 2  | mp4a.40.2
            no PS, behind            | 138856e5a54800   | 2 22050 7 1 1 1024    | PRESENT ABSENT 44100   | 44100 1  | mp4a.40.2
            SBR rate written out     | 138856e5f8079ed8 | 2 22050 7 1 1 1024    | PRESENT UNSAID 62427   | 62427 1  | mp4a.40.2
            """)
    void readsAndWrites(String name, String wire, String core, String extension, String output, String codecString) throws Exception {
        AudioSpecificConfig config = parse(wire);
        assertEquals(core, coreText(config));
        assertEquals(extension, extensionText(config.extension()));
        assertEquals(output, config.outputSampleRateHz() + " " + config.outputChannels());
        assertEquals(codecString, config.codecString());
        assertEquals(wire, written(config));
    }

    // What is read but not written, or not the same way.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            rate of the table written out  | 1780562210       | 2 44100 4 2 2 1024  | UNSAID UNSAID
            core coder delay               | 1193fff15b94     | 2 48000 3 2 2 1024  | ABSENT UNSAID
            extension flag                 | 11912b7280       | 2 48000 3 2 2 1024  | ABSENT UNSAID
            other bytes behind             | 1190 56c500ff    | 2 48000 3 2 2 1024  | UNSAID UNSAID
            zeros behind                   | 1190 00000000    | 2 48000 3 2 2 1024  | UNSAID UNSAID
            15 bits behind                 | 1191 2b72        | 2 48000 3 2 2 1024  | UNSAID UNSAID
            other type behind              | 1190 56f600      | 2 48000 3 2 2 1024  | UNSAID UNSAID
            11 bits behind SBR             | 1388 56e5a5 48   | 2 22050 7 1 1 1024  | PRESENT UNSAID 44100
            other sync behind SBR          | 1388 56e5a5 4080 | 2 22050 7 1 1 1024  | PRESENT UNSAID 44100
            ER LC                          | 8990 00          | 17 48000 3 2 2 1024 | UNSAID UNSAID
            ER LD                          | b990 00          | 23 48000 3 2 2 512  | UNSAID UNSAID
            ER LD, 480                     | b994 00          | 23 48000 3 2 2 480  | UNSAID UNSAID
            ER LD, resilience, then SBR    | b991 015b94      | 23 48000 3 2 2 512  | ABSENT UNSAID
            ER BSAC                        | b191ffff0adca0   | 22 48000 3 2 2 1024 | ABSENT UNSAID
            HE-AAC with a core of ER BSAC  | 2b925bc0         | 22 22050 7 2 2 1024 | PRESENT UNSAID 44100 first
            scalable                       | 3190eadca0       | 6 48000 3 2 2 1024  | ABSENT UNSAID
            ELD                            | f8e6 40          | 39 48000 3 2 2 512  | UNSAID UNSAID
            ELD, 480                       | f8e6 50          | 39 48000 3 2 2 480  | UNSAID UNSAID
            USAC                           | f9464adca0       | 42 48000 3 2 2 1024 | UNSAID UNSAID
            layer III                      | f846 40          | 34 48000 3 2 2 1024 | UNSAID UNSAID
            """)
    void reads(String name, String wire, String core, String extension) throws Exception {
        AudioSpecificConfig config = parse(wire);
        assertEquals(core, coreText(config));
        assertEquals(extension, extensionText(config.extension()));
        assertEquals("mp4a.40." + config.signalledObjectType(), config.codecString());
    }

    // Case 58 of rtmp-core/HOSTILE-INPUTS.md, and other reserved values.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no byte                     | ''             | audioObjectType of 5 bits in 0
            1 byte                      | 12             | samplingFrequencyIndex of 4 bits in 3
            13 bits only                | 1790           | samplingFrequency of 24 bits in 7
            object type 0               | 0190           | audioObjectType 0 is not 1 to 95
            object type 31, cut off     | f8             | audioObjectTypeExt of 6 bits in 3
            object type 31, no more     | f800           | channelConfiguration of 4 bits in 1
            index 13                    | 1690           | samplingFrequencyIndex 13 is reserved
            index 14                    | 1710           | samplingFrequencyIndex 14 is reserved
            rate of 0                   | 1780000010     | samplingFrequency 0 is not 1 to 16777215
            configuration 8             | 11c0           | channelConfiguration 8 is reserved
            configuration 9             | 11c8           | channelConfiguration 9 is reserved
            configuration 10            | 11d0           | channelConfiguration 10 is reserved
            configuration 15            | 11f8           | channelConfiguration 15 is reserved
            program config missing      | 1180           | element_instance_tag of 4 bits in 0
            program config, half        | 118004c8       | num_side_channel_elements of 4 bits in 2
            program config, no comment  | 118004c844002000c40d4c61 | comment of 13 bytes in 2
            program config, no channel  | 11800400000000 | program_config_element without channels
            USAC without channels       | f94600         | channelConfiguration 0 with audioObjectType 42
            extension index 13          | 2b968800       | extensionSamplingFrequencyIndex 13 is reserved
            extension rate of 0         | 2b9780000008   | extensionSamplingFrequency 0 is not 1 to 16777215
            SBR in SBR                  | 2b921400       | audioObjectType 5 stands inside an extension
            PS in SBR                   | 2b927400       | audioObjectType 29 stands inside an extension
            SBR without rate            | 2b92           | extensionSamplingFrequencyIndex of 4 bits in 3
            SBR without core            | 2b97800000fc   | audioObjectTypeExt of 6 bits in 2
            SBR behind, cut off         | 119056e5       | sbrPresentFlag of 1 bits in 0
            SBR behind, index 14        | 119056e5f0     | extensionSamplingFrequencyIndex 14 is reserved
            error protection            | 8990 80        | epConfig 2 is not 0 or 1
            """)
    void refuses(String name, String wire, String reason) {
        MalformedException e = assertThrows(MalformedException.class, () -> parse(wire));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void makesPlainLc() throws Exception {
        assertEquals(parse("1210"), AudioSpecificConfig.lc(44100, 2));
        assertThrows(IllegalArgumentException.class, () -> AudioSpecificConfig.lc(0, 2));
        assertThrows(IllegalArgumentException.class, () -> AudioSpecificConfig.lc(0x1000000, 2));
        assertThrows(IllegalArgumentException.class, () -> AudioSpecificConfig.lc(44100, 0));
        assertThrows(IllegalArgumentException.class, () -> AudioSpecificConfig.lc(44100, 8));
        assertThrows(IllegalArgumentException.class, () -> AudioSpecificConfig.lc(44100, 16));
    }

    @ParameterizedTest
    @CsvSource({"0, 1024", "5, 1024", "29, 1024", "31, 1024", "96, 1024", "2, 0"})
    void refusesToMakeWhatCannotBe(int objectType, int frameSamples) {
        assertThrows(IllegalArgumentException.class,
                () -> new AudioSpecificConfig(objectType, 48000, 2, Optional.empty(), frameSamples, AacExtension.UNSAID));
    }

    @Test
    void refusesExtensionsThatContradictThemselves() {
        OptionalInt none = OptionalInt.empty();
        OptionalInt hz = OptionalInt.of(48000);
        assertThrows(IllegalArgumentException.class, () -> new AacExtension(Presence.PRESENT, Presence.UNSAID, false, none));
        assertThrows(IllegalArgumentException.class, () -> new AacExtension(Presence.ABSENT, Presence.UNSAID, false, hz));
        assertThrows(IllegalArgumentException.class, () -> new AacExtension(Presence.ABSENT, Presence.PRESENT, false, none));
        assertThrows(IllegalArgumentException.class, () -> new AacExtension(Presence.UNSAID, Presence.UNSAID, true, none));
        assertThrows(IllegalArgumentException.class, () -> new AacExtension(Presence.PRESENT, Presence.ABSENT, true, hz));
        assertThrows(IllegalArgumentException.class, () -> new AacExtension(Presence.PRESENT, Presence.UNSAID, true, OptionalInt.of(0)));
    }

    @Test
    void writesOnlyObjectTypesUpTo4() throws Exception {
        AudioSpecificConfig config = parse("b99000");
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            assertThrows(IllegalStateException.class, () -> config.writeTo(out));
            assertEquals(0, out.readableBytes());
            out.release();
        }
    }

    static AudioSpecificConfig parse(String wire) throws MalformedException {
        return AudioSpecificConfig.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)));
    }

    static String written(AudioSpecificConfig config) {
        try (TrackedBuffers buffers = new TrackedBuffers()) {
            ByteBuf out = buffers.of();
            config.writeTo(out);
            String text = ByteBufUtil.hexDump(out);
            out.release();
            return text;
        }
    }

    private static String coreText(AudioSpecificConfig config) {
        return config.audioObjectType() + " " + config.samplingFrequencyHz() + " " + config.samplingFrequencyIndex() + " "
                + config.channelConfiguration() + " " + config.channels() + " " + config.frameSamples();
    }

    private static String extensionText(AacExtension extension) {
        String hz = extension.samplingFrequencyHz().isPresent() ? " " + extension.samplingFrequencyHz().getAsInt() : "";
        return extension.sbr() + " " + extension.ps() + hz + (extension.hierarchical() ? " first" : "");
    }
}
