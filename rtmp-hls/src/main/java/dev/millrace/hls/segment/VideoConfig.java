package dev.millrace.hls.segment;

import dev.millrace.codec.avc.AvcDecoderConfigurationRecord;
import dev.millrace.codec.avc.AvcSequenceParameterSet;
import dev.millrace.codec.hevc.HevcDecoderConfigurationRecord;
import dev.millrace.codec.hevc.HevcSequenceParameterSet;
import dev.millrace.hls.ts.TsCodec;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the video track is coded. Two are equal if their sequence headers have the same bytes. Immutable.
 *
 * @param codec AVC or HEVC
 * @param header the configuration record; empty where none came, and the parameter sets are in the access units
 * @param nalUnitLengthBytes 1, 2 or 4
 * @param parameterSets of the record, in the order in which they are written; may be none
 * @param codecString what the record says (RFC 6381)
 */
record VideoConfig(TsCodec codec, Bytes header, int nalUnitLengthBytes, List<Bytes> parameterSets, String codecString) {

    private static final int DEFAULT_LENGTH_BYTES = 4;
    private static final int AVC_SPS = 7;
    private static final int AVC_PPS = 8;
    private static final int HEVC_VPS = 32;
    private static final int HEVC_SPS = 33;
    private static final int HEVC_PPS = 34;

    /** Encoders state rates of 1,000 and more where they mean the clock. */
    private static final int MAX_FRAMES_PER_SECOND = 240;

    /** Asked for each frame, of what is nearly always the same object. */
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof VideoConfig config && codec == config.codec && header.equals(config.header);
    }

    @Override
    public int hashCode() {
        return header.hashCode();
    }

    /** Of a track that has sent no header. */
    static VideoConfig withoutHeader(TsCodec codec) {
        return new VideoConfig(codec, Bytes.EMPTY, DEFAULT_LENGTH_BYTES, List.of(), "");
    }

    static VideoConfig parse(TsCodec codec, Bytes header) throws MalformedException {
        if (codec == TsCodec.AVC) {
            AvcDecoderConfigurationRecord record = AvcDecoderConfigurationRecord.parse(header);
            List<Bytes> sets = Stream.concat(record.sps().stream(), record.pps().stream()).toList();
            List<Bytes> complete = complete(codec, sets);
            return new VideoConfig(codec, header, record.nalUnitLengthBytes(), complete, record.codecString());
        }
        HevcDecoderConfigurationRecord record = HevcDecoderConfigurationRecord.parse(header);
        List<Bytes> sets = Stream.of(record.vps(), record.sps(), record.pps()).flatMap(List::stream).toList();
        List<Bytes> complete = complete(codec, sets);
        return new VideoConfig(codec, header, record.nalUnitLengthBytes(), complete, record.codecString());
    }

    /** None rather than half of them: a decoder could not start with these. */
    private static List<Bytes> complete(TsCodec codec, List<Bytes> sets) {
        Set<Integer> wanted = codec == TsCodec.AVC ? Set.of(AVC_SPS, AVC_PPS) : Set.of(HEVC_VPS, HEVC_SPS, HEVC_PPS);
        Set<Integer> found = sets.stream().map(nalUnit -> type(codec, nalUnit)).collect(Collectors.toSet());
        return found.equals(wanted) ? sets : List.of();
    }

    private static int type(TsCodec codec, Bytes nalUnit) {
        return codec == TsCodec.AVC ? nalUnit.byteAt(0) & 0x1F : nalUnit.byteAt(0) >> 1 & 0x3F;
    }

    /** The sequence parameter sets among parameter sets: where they differ, a decoder starts anew. */
    static List<Bytes> spsOf(TsCodec codec, List<Bytes> parameterSets) {
        return parameterSets.stream().filter(nalUnit -> type(codec, nalUnit) == (codec == TsCodec.AVC ? AVC_SPS : HEVC_SPS)).toList();
    }

    /** What the parameter sets in force say of the picture; what cannot be read is left out. */
    Picture picture(List<Bytes> sps) {
        try {
            return sps.isEmpty() ? unknownPicture() : picture(sps.get(0));
        } catch (MalformedException e) {
            // A decoder may still know what to do with it; the playlist then says less.
            return unknownPicture();
        }
    }

    private Picture unknownPicture() {
        return new Picture(codecString, OptionalInt.empty(), OptionalInt.empty(), OptionalDouble.empty());
    }

    private Picture picture(Bytes sps) throws MalformedException {
        if (codec == TsCodec.AVC) {
            AvcSequenceParameterSet said = AvcSequenceParameterSet.parse(sps);
            return new Picture(said.codecString(), positive(said.width()), positive(said.height()), plausible(said.framesPerSecond()));
        }
        HevcSequenceParameterSet said = HevcSequenceParameterSet.parse(sps);
        int fields = said.fields() ? 2 : 1;
        OptionalDouble rate = said.picturesPerSecond();
        return new Picture(
                said.codecString(),
                positive(said.width()),
                positive(said.height() * fields),
                plausible(rate.isPresent() ? OptionalDouble.of(rate.getAsDouble() / fields) : rate));
    }

    private static OptionalInt positive(int samples) {
        return samples > 0 ? OptionalInt.of(samples) : OptionalInt.empty();
    }

    private static OptionalDouble plausible(OptionalDouble framesPerSecond) {
        double rate = framesPerSecond.orElse(0);
        return rate >= 1 && rate <= MAX_FRAMES_PER_SECOND ? framesPerSecond : OptionalDouble.empty();
    }

    /** What a playlist says of the pictures. */
    record Picture(String codecString, OptionalInt width, OptionalInt height, OptionalDouble framesPerSecond) {

        /** The codec string if there is one. A track without header whose parameter set cannot be read has none. */
        Optional<String> knownCodec() {
            return codecString.isEmpty() ? Optional.empty() : Optional.of(codecString);
        }
    }
}
