package dev.millrace.codec.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.aac.AacExtension.Presence;
import dev.millrace.codec.aac.ProgramConfigElement.Element;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AacPropertyTest {

    @Property(edgeCases = EdgeCasesMode.NONE)
    void readsWhatItWrote(@ForAll("configs") AudioSpecificConfig config) throws Exception {
        assertEquals(config, AudioSpecificConfigTest.parse(AudioSpecificConfigTest.written(config)));
    }

    @Property
    void anyBytesAreAConfigurationOrAreRefused(@ForAll @Size(max = 48) byte[] wire) {
        checkConfig(wire);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void flippedBytesAreAConfigurationOrAreRefused(
            @ForAll("configs") AudioSpecificConfig config, @ForAll @IntRange(max = 300) int at, @ForAll byte mask) {
        byte[] wire = TrackedBuffers.bytes(AudioSpecificConfigTest.written(config));
        wire[at % wire.length] ^= mask;
        checkConfig(wire);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aCutConfigurationIsRefusedOrSaysLess(@ForAll("configs") AudioSpecificConfig config, @ForAll @IntRange(max = 300) int length) {
        String wire = AudioSpecificConfigTest.written(config);
        String cut = wire.substring(0, Math.min(wire.length(), length * 2));
        try {
            AudioSpecificConfig read = AudioSpecificConfigTest.parse(cut);
            assertEquals(config.channels(), read.channels());
            assertEquals(config.samplingFrequencyHz(), read.samplingFrequencyHz());
            assertEquals(config.frameSamples(), read.frameSamples());
        } catch (MalformedException refused) {
            assertTrue(cut.length() < wire.length(), refused.getMessage());
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void readsTheHeaderItWrote(@ForAll("headers") AdtsHeader header) throws Exception {
        assertEquals(header, AdtsHeaderTest.parse(AdtsHeaderTest.written(header)));
    }

    @Property
    void anyBytesAreAHeaderOrAreRefused(@ForAll @Size(max = 12) byte[] wire) {
        checkHeader(wire);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void flippedBytesAreAHeaderOrAreRefused(@ForAll("headers") AdtsHeader header, @ForAll @IntRange(max = 8) int at, @ForAll byte mask) {
        byte[] wire = TrackedBuffers.bytes(AdtsHeaderTest.written(header));
        wire[at % wire.length] ^= mask;
        checkHeader(wire);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aCutHeaderIsRefused(@ForAll("headers") AdtsHeader header, @ForAll @IntRange(max = 8) int length) {
        Bytes wire = Bytes.takeOver(TrackedBuffers.bytes(AdtsHeaderTest.written(header)));
        try {
            AdtsHeader.parse(wire.slice(0, Math.min(length, wire.size())));
            assertTrue(length >= wire.size());
        } catch (MalformedException refused) {
            assertTrue(length < wire.size(), refused.getMessage());
        }
    }

    /** ADTS says the core of any configuration, or refuses it. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void adtsKeepsTheCore(@ForAll("configs") AudioSpecificConfig config, @ForAll @IntRange(max = 9000) int payloadBytes) {
        try {
            AdtsHeader header = AdtsHeader.of(config, payloadBytes);
            assertEquals(config.audioObjectType(), header.audioObjectType());
            assertEquals(config.samplingFrequencyHz(), header.samplingFrequencyHz());
            assertEquals(config.channels(), AudioSpecificConfig.lc(48000, header.channelConfiguration()).channels());
            assertEquals(payloadBytes, header.frameBytes() - header.headerBytes());
            assertEquals(config.frameSamples(), header.samples());
        } catch (MalformedException refused) {
            assertTrue(
                    payloadBytes < 1 || payloadBytes > 8184 || config.frameSamples() == 960 || config.samplingFrequencyIndex() == 15
                            || config.programConfig().isPresent() || config.channelConfiguration() > 7,
                    refused.getMessage());
        }
    }

    private static void checkConfig(byte[] wire) {
        try {
            AudioSpecificConfig config = AudioSpecificConfig.parse(Bytes.copyOf(wire));
            assertTrue(config.channels() > 0);
            assertTrue(config.outputChannels() >= config.channels());
            assertTrue(config.outputSampleRateHz() > 0);
            assertTrue(config.frameSamples() > 0);
        } catch (MalformedException refused) {
            assertTrue(refused.getMessage().length() > 10);
        }
    }

    private static void checkHeader(byte[] wire) {
        try {
            AdtsHeader header = AdtsHeader.parse(Bytes.copyOf(wire));
            assertTrue(header.frameBytes() >= header.headerBytes());
            assertTrue(header.headerBytes() <= wire.length);
        } catch (MalformedException refused) {
            assertTrue(refused.getMessage().length() > 10);
        }
    }

    @Provide
    Arbitrary<AudioSpecificConfig> configs() {
        Arbitrary<Integer> objectTypes = Arbitraries.of(2, 1, 3, 4);
        Arbitrary<Boolean> shortFrames = Arbitraries.of(false, true);
        Arbitrary<Optional<ProgramConfigElement>> programs = programs().optional(0.3);
        Arbitrary<Integer> configurations = Arbitraries.of(1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14);
        return Combinators.combine(objectTypes, frequencies(), configurations, programs, shortFrames, extensions())
                .as((objectType, hz, configuration, program, shortFrame, extension) -> new AudioSpecificConfig(
                        objectType, hz, program.isPresent() ? 0 : configuration, program, shortFrame ? 960 : 1024, extension));
    }

    private static Arbitrary<Integer> frequencies() {
        return Arbitraries.oneOf(Arbitraries.of(96000, 48000, 44100, 22050, 7350), Arbitraries.integers().between(1, 0xFFFFFF));
    }

    private static Arbitrary<AacExtension> extensions() {
        Arbitrary<AacExtension> present = Combinators.combine(Arbitraries.of(Presence.class), frequencies(), Arbitraries.of(true, false))
                .as((ps, hz, first) -> new AacExtension(Presence.PRESENT, ps, first && ps != Presence.ABSENT, OptionalInt.of(hz)));
        return Arbitraries.oneOf(Arbitraries.of(AacExtension.UNSAID, AacExtension.ABSENT), present);
    }

    private static Arbitrary<ProgramConfigElement> programs() {
        Arbitrary<Integer> tags = Arbitraries.integers().between(0, 15);
        Arbitrary<Element> element = Combinators.combine(Arbitraries.of(true, false), tags).as(Element::new);
        Arbitrary<List<Element>> elements = element.list().ofMaxSize(15);
        Arbitrary<OptionalInt> mixdowns = Arbitraries.integers().between(-1, 7).map(n -> n < 0 ? OptionalInt.empty() : OptionalInt.of(n));
        Arbitrary<Bytes> comments = Arbitraries.bytes().array(byte[].class).ofMaxSize(255).map(Bytes::copyOf);
        Arbitrary<List<Integer>> data = tags.list().ofMaxSize(7);
        Arbitrary<List<Integer>> lfes = tags.list().ofMaxSize(3);
        return Combinators.combine(tags, elements.filter(list -> !list.isEmpty()), elements, lfes, data, mixdowns, mixdowns, comments)
                .as((tag, front, back, lfe, dataTags, mono, matrix, comment) -> new ProgramConfigElement(
                        tag, tag & 3, 15 - tag, front, back, front, lfe, dataTags, back, mono, mono, matrix, comment));
    }

    @Provide
    Arbitrary<AdtsHeader> headers() {
        Arbitrary<OptionalInt> checksums = Arbitraries.integers().between(-2, 0xFFFF).map(n -> n < 0 ? OptionalInt.empty() : OptionalInt.of(n));
        return Combinators.combine(
                        Arbitraries.of(true, false), Arbitraries.integers().between(1, 4), Arbitraries.integers().between(0, 12),
                        Arbitraries.integers().between(0, 7), Arbitraries.integers().between(9, 8191), Arbitraries.integers().between(0, 2047),
                        Arbitraries.integers().between(1, 4), checksums)
                .as((mpeg2, type, index, configuration, frameBytes, fullness, blocks, crc) -> new AdtsHeader(
                        mpeg2, type, index, configuration, frameBytes, fullness, crc.isPresent() ? 1 : blocks, crc));
    }
}
