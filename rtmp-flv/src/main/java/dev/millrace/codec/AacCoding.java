package dev.millrace.codec;

import dev.millrace.codec.aac.AdtsHeader;
import dev.millrace.codec.aac.AudioSpecificConfig;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** AAC: one frame a message. */
final class AacCoding extends AudioCoding {

    @Override
    public AudioDescription configure(Bytes record) throws MalformedException {
        AudioSpecificConfig config = AudioSpecificConfig.parse(record);
        return new AudioDescription(
                record,
                Optional.of(config.codecString()),
                profileOf(config),
                config.outputSampleRateHz(),
                config.outputChannels(),
                config.samplingFrequencyHz(),
                config.frameSamples());
    }

    private static Optional<String> profileOf(AudioSpecificConfig config) {
        return switch (config.signalledObjectType()) {
            case 1 -> Optional.of("Main");
            case 2 -> Optional.of("LC");
            case 5 -> Optional.of("HE-AAC");
            case 29 -> Optional.of("HE-AACv2");
            default -> Optional.empty();
        };
    }

    @Override
    public void write(AudioDescription known, Bytes payload, ByteBuf out) throws MalformedException {
        AdtsHeader.of(AudioSpecificConfig.parse(known.configuration()), payload.size()).writeTo(out);
        payload.writeTo(out);
    }
}
