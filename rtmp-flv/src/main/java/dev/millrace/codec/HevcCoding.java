package dev.millrace.codec;

import dev.millrace.codec.VideoDescription.Picture;
import dev.millrace.codec.hevc.HevcDecoderConfigurationRecord;
import dev.millrace.codec.hevc.HevcNalUnitType;
import dev.millrace.codec.hevc.HevcSequenceParameterSet;
import dev.millrace.codec.nal.NalUnitKind;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** H.265. */
final class HevcCoding extends NalCoding {

    HevcCoding() {
        super(
                /* headerBytes= */ 2,
                Set.of(NalUnitKind.VPS, NalUnitKind.SPS, NalUnitKind.PPS),
                Set.of(NalUnitKind.VPS, NalUnitKind.SPS));
    }

    @Override
    NalUnitKind kindOf(Bytes message, int offset) {
        return HevcNalUnitType.ofHeader(message.byteAt(offset)).kind();
    }

    @Override
    public VideoDescription configure(Bytes body) throws MalformedException {
        HevcDecoderConfigurationRecord record = HevcDecoderConfigurationRecord.parse(body);
        List<Bytes> sets =
                Stream.of(record.vps(), record.sps(), record.pps()).flatMap(List::stream).toList();
        Picture said = new Picture(
                Optional.of(record.codecString()),
                Optional.of(record.profileTierLevel().profileName()),
                0,
                0,
                OptionalDouble.empty());
        return describe(body, record.nalUnitLengthBytes(), sets, said);
    }

    /** Of a stream of fields, each picture is half a frame. */
    @Override
    Picture picture(Bytes nalUnit) throws MalformedException {
        HevcSequenceParameterSet sps = HevcSequenceParameterSet.parse(nalUnit);
        int fields = sps.fields() ? 2 : 1;
        OptionalDouble rate = sps.picturesPerSecond();
        return new Picture(
                Optional.of(sps.codecString()),
                Optional.of(sps.profileTierLevel().profileName()),
                sps.width(),
                sps.height() * fields,
                rate.isPresent() ? OptionalDouble.of(rate.getAsDouble() / fields) : rate);
    }
}
