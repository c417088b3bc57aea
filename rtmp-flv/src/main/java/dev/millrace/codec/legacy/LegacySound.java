package dev.millrace.codec.legacy;

import dev.millrace.bits.Ranges;
import java.util.Optional;

/**
 * What the header of a legacy audio tag says of its sound (FLV, E.4.2.1). Immutable.
 *
 * @param sampleRateHz 5512 to 44100; of MP3 the frames know better
 * @param channels 1 or 2; of MP3 the frames know better
 * @param bitsPerSample 8 or 16, of samples that a decoder gives; 8 only for PCM
 */
public record LegacySound(int sampleRateHz, int channels, int bitsPerSample) {

    private static final int[] SAMPLE_RATES_HZ = {5512, 11_025, 22_050, 44_100};

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one of them is outside what is said above
     */
    public LegacySound {
        if (sampleRateHz < SAMPLE_RATES_HZ[0] || sampleRateHz > SAMPLE_RATES_HZ[3]) {
            throw new IllegalArgumentException("sampleRateHz " + sampleRateHz + " is not 5512 to 44100");
        }
        Ranges.check("channels", channels, 1, 2);
        if (bitsPerSample != 8 && bitsPerSample != 16) {
            throw new IllegalArgumentException("bitsPerSample " + bitsPerSample + " is not 8 or 16");
        }
    }

    /**
     * Reads the four fields of a header.
     *
     * @param soundFormat 0 to 15
     * @param soundRate 0 to 3 for 5.5, 11, 22 and 44 kHz; says nothing of Speex, of G.711, and of MP3 and Nellymoser at a fixed rate
     * @param soundSize 0 for 8 bits, 1 for 16 bits; says nothing but of PCM
     * @param soundType 0 for mono, 1 for stereo; says nothing of Speex and Nellymoser, which are mono
     * @return what they say; empty where they say nothing: AAC, Opus, the sound of a device, Enhanced headers, reserved formats
     * @throws IllegalArgumentException if a field is out of range
     */
    public static Optional<LegacySound> of(int soundFormat, int soundRate, int soundSize, int soundType) {
        Ranges.check("soundFormat", soundFormat, 0, 15);
        Ranges.check("soundRate", soundRate, 0, 3);
        Ranges.check("soundSize", soundSize, 0, 1);
        Ranges.check("soundType", soundType, 0, 1);
        int rateHz = SAMPLE_RATES_HZ[soundRate];
        int channels = 1 + soundType;
        return switch (soundFormat) {
            case 0, 3 -> Optional.of(new LegacySound(rateHz, channels, soundSize == 1 ? 16 : 8)); // PCM
            case 1, 2 -> Optional.of(new LegacySound(rateHz, channels, 16)); // ADPCM, MP3
            case 4, 11 -> Optional.of(new LegacySound(16_000, 1, 16)); // Nellymoser at 16 kHz, Speex
            case 5 -> Optional.of(new LegacySound(8000, 1, 16)); // Nellymoser at 8 kHz
            case 6 -> Optional.of(new LegacySound(rateHz, 1, 16)); // Nellymoser
            case 7, 8, 14 -> Optional.of(new LegacySound(8000, channels, 16)); // G.711 A-law and mu-law, MP3 at 8 kHz
            default -> Optional.empty();
        };
    }
}
