package dev.millrace.hls.ts;

import dev.millrace.media.Codec;
import dev.millrace.sample.AudioFormat;
import dev.millrace.sample.TrackFormat;
import java.util.Arrays;
import java.util.Optional;

/** A coding that a transport stream for HLS can carry (ISO/IEC 13818-1, table 2-34; RFC 8216, section 3.2). */
enum TsCodec {

    /** H.264. */
    AVC(Codec.AVC, 0x1B, StreamId.VIDEO, ""),

    /** H.265. Browsers mostly, and Apple's players always, refuse it in a transport stream. */
    HEVC(Codec.HEVC, 0x24, StreamId.VIDEO, "HEVC"),

    /** AAC behind ADTS headers. */
    AAC(Codec.AAC, 0x0F, StreamId.AUDIO, ""),

    /** MPEG-1 audio, of 32 kHz or more. */
    MP3(Codec.MP3, 0x03, StreamId.AUDIO, ""),

    /** MPEG-2 audio of lower sampling frequencies, below 32 kHz. */
    MP3_LOW_RATE(Codec.MP3, 0x04, StreamId.AUDIO, ""),

    /** AC-3, as ATSC has it. */
    AC3(Codec.AC3, 0x81, StreamId.PRIVATE_1, "AC-3");

    private static final int LOW_RATE_HZ = 32_000;

    private final Codec codec;
    private final int streamType;
    private final int streamId;
    private final String formatIdentifier;

    TsCodec(Codec codec, int streamType, int streamId, String formatIdentifier) {
        this.codec = codec;
        this.streamType = streamType;
        this.streamId = streamId;
        this.formatIdentifier = formatIdentifier;
    }

    /** The coding of a track; empty if there is none. */
    static Optional<TsCodec> of(TrackFormat format) {
        int rateHz = format instanceof AudioFormat audio ? audio.codedSampleRateHz() : 0;
        return format.codec() == Codec.MP3 && rateHz > 0 && rateHz < LOW_RATE_HZ
                ? Optional.of(MP3_LOW_RATE)
                : Arrays.stream(values()).filter(known -> known.codec == format.codec()).findFirst();
    }

    Codec codec() {
        return codec;
    }

    /** The stream_type of the program map table, 0 to 255. */
    int streamType() {
        return streamType;
    }

    boolean isVideo() {
        return streamId == StreamId.VIDEO;
    }

    /** The stream_id of its PES packets. */
    int streamId() {
        return streamId;
    }

    /** The format_identifier of a registration descriptor, four characters; empty for a stream_type that says enough (H.222.0, 2.6.8). */
    String formatIdentifier() {
        return formatIdentifier;
    }
}
