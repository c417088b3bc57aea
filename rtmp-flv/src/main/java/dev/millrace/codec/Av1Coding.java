package dev.millrace.codec;

import dev.millrace.codec.VideoDescription.Picture;
import dev.millrace.codec.av1.Av1CodecConfigurationRecord;
import dev.millrace.codec.av1.Av1Obu;
import dev.millrace.codec.av1.Av1SequenceHeader;
import dev.millrace.codec.av1.Av1TemporalUnit;
import dev.millrace.codec.nal.NalUnits;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import dev.millrace.media.RandomAccess;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** AV1. */
final class Av1Coding extends VideoCoding {

    @Override
    public VideoDescription configure(Bytes body) throws MalformedException {
        Av1CodecConfigurationRecord record = Av1CodecConfigurationRecord.parse(body);
        Optional<Av1Obu> header = sequenceHeader(Av1TemporalUnit.obus(record.configObus()));
        Picture said = new Picture(
                Optional.of(record.codecString()), Optional.of(record.profileName()), 0, 0, OptionalDouble.empty());
        List<Bytes> sets = header.isPresent() ? List.of(record.configObus()) : List.of();
        List<Bytes> key = header.map(obu -> List.of(obu.payload())).orElse(List.of());
        return new VideoDescription(
                body, VideoDescription.DEFAULT_LENGTH_BYTES, sets, key, header.isPresent() ? picture(header.get()) : said);
    }

    private static Optional<Av1Obu> sequenceHeader(List<Av1Obu> obus) {
        return obus.stream().filter(obu -> obu.type() == Av1Obu.SEQUENCE_HEADER).findFirst();
    }

    private static Picture picture(Av1Obu sequenceHeader) throws MalformedException {
        Av1SequenceHeader header = Av1SequenceHeader.parse(sequenceHeader.payload());
        return new Picture(
                Optional.of(header.codecString()),
                Optional.of(header.profileName()),
                header.maxFrameWidth(),
                header.maxFrameHeight(),
                header.framesPerSecond());
    }

    @Override
    public VideoDescription learn(
            VideoDescription known, Bytes message, int offset, int length, NalUnits units, RandomAccess access)
            throws MalformedException {
        if (access == RandomAccess.NONE) {
            return known;
        }
        List<Av1Obu> obus = Av1TemporalUnit.obus(message.slice(offset, length));
        Optional<Av1Obu> header = sequenceHeader(obus);
        if (header.isEmpty() || known.decoderKey().equals(List.of(header.get().payload()))) {
            return known;
        }
        Bytes obu = Bytes.takeOver(header.get().bytes().toByteArray()); // a slice would keep the whole message
        int payloadBytes = header.get().payload().size();
        Bytes payload = obu.slice(obu.size() - payloadBytes, payloadBytes);
        return new VideoDescription(
                known.configuration(), known.nalUnitLengthBytes(), List.of(obu), List.of(payload), picture(header.get()));
    }

    /** The temporal unit as it is if it has its sequence header, or else with that of the track behind its delimiter. */
    @Override
    public void write(
            VideoDescription known, Bytes message, int offset, int length, int[] ranges, boolean startsHere, ByteBuf out) {
        Bytes unit = message.slice(offset, length);
        List<Av1Obu> obus = startsHere ? Av1TemporalUnit.obus(unit) : List.of();
        if (obus.isEmpty() || sequenceHeader(obus).isPresent()) {
            unit.writeTo(out);
            return;
        }
        boolean delimited = obus.get(0).type() == Av1Obu.TEMPORAL_DELIMITER;
        int delimiterBytes = delimited ? obus.get(0).bytes().size() : 0;
        unit.slice(0, delimiterBytes).writeTo(out);
        known.parameterSets().forEach(obu -> obu.writeTo(out));
        unit.slice(delimiterBytes, unit.size() - delimiterBytes).writeTo(out);
    }

    @Override
    public boolean isDecodable(Bytes message, int offset, int length, NalUnits units) {
        List<Av1Obu> obus = Av1TemporalUnit.obus(message.slice(offset, length));
        int whole = obus.stream().mapToInt(obu -> obu.bytes().size()).sum();
        return whole == length && obus.stream().anyMatch(obu -> obu.type() == Av1Obu.FRAME || obu.type() == Av1Obu.FRAME_HEADER);
    }

    @Override
    public RandomAccess randomAccess(Bytes message, int offset, int length, NalUnits units, boolean labelled) {
        return Av1TemporalUnit.isKeyframe(message.slice(offset, length)) ? RandomAccess.CLEAN : RandomAccess.NONE;
    }
}
