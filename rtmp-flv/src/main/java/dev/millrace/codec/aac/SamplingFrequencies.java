package dev.millrace.codec.aac;

/** The table of sampling frequencies (ISO/IEC 14496-3, 1.6.3.4). */
final class SamplingFrequencies {

    /** Stands for a frequency that is written out. */
    static final int ESCAPE = 15;

    /** The frequency is written out in 24 bits. */
    static final int MAX_HZ = 0xFFFFFF;

    private static final int[] HZ = {96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350};

    private SamplingFrequencies() {}

    static boolean isIndex(int index) {
        return index >= 0 && index < HZ.length;
    }

    static int hz(int index) {
        return HZ[index];
    }

    static int indexOf(int hz) {
        for (int i = 0; i < HZ.length; i++) {
            if (HZ[i] == hz) {
                return i;
            }
        }
        return ESCAPE;
    }
}
