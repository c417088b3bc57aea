package dev.millrace.codec;

import dev.millrace.codec.VideoDescription.Picture;
import dev.millrace.codec.avc.AvcDecoderConfigurationRecord;
import dev.millrace.codec.avc.AvcNalUnitType;
import dev.millrace.codec.avc.AvcSequenceParameterSet;
import dev.millrace.codec.nal.NalUnitKind;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** H.264. */
final class AvcCoding extends NalCoding {

    AvcCoding() {
        super(/* headerBytes= */ 1, Set.of(NalUnitKind.SPS, NalUnitKind.PPS), Set.of(NalUnitKind.SPS));
    }

    @Override
    NalUnitKind kindOf(Bytes message, int offset) {
        return AvcNalUnitType.ofHeader(message.byteAt(offset)).kind();
    }

    @Override
    public VideoDescription configure(Bytes body) throws MalformedException {
        AvcDecoderConfigurationRecord record = AvcDecoderConfigurationRecord.parse(body);
        List<Bytes> sets = Stream.concat(record.sps().stream(), record.pps().stream()).toList();
        Picture said = new Picture(
                Optional.of(record.codecString()), Optional.of(record.profileName()), 0, 0, OptionalDouble.empty());
        return describe(body, record.nalUnitLengthBytes(), sets, said);
    }

    @Override
    Picture picture(Bytes nalUnit) throws MalformedException {
        AvcSequenceParameterSet sps = AvcSequenceParameterSet.parse(nalUnit);
        return new Picture(
                Optional.of(sps.codecString()), Optional.of(sps.profileName()), sps.width(), sps.height(), sps.framesPerSecond());
    }
}
