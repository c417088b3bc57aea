package dev.millrace.hls.ts;

/** The packets of one kind, and what is counted for them (ISO/IEC 13818-1, 2.4.3.3). Confined to the muxer's thread. */
final class Pid {

    static final int PAT = 0;
    static final int PMT = 0x1000;
    static final int VIDEO = 0x100;
    static final int AUDIO = 0x101;
    static final int TIMED_ID3 = 0x102;

    private final int number;
    private int nextCounter;

    Pid(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The continuity counter of a packet with payload. */
    int nextContinuityCounter() {
        return nextContinuityCounters(1);
    }

    /** The continuity counter of the first of that many packets with payload. */
    int nextContinuityCounters(int packets) {
        int counter = nextCounter;
        nextCounter = nextCounter + packets & 0xF;
        return counter;
    }

    /** The continuity counter of a packet without payload, which is that of the packet before. */
    int lastContinuityCounter() {
        return nextCounter - 1 & 0xF;
    }
}
