package dev.millrace.codec;

import dev.millrace.bits.BitReader;
import dev.millrace.codec.VideoDescription.Picture;
import dev.millrace.codec.nal.AnnexB;
import dev.millrace.codec.nal.NalUnitKind;
import dev.millrace.codec.nal.NalUnits;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import dev.millrace.media.RandomAccess;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A codec whose access units are made of NAL units. */
abstract sealed class NalCoding extends VideoCoding permits AvcCoding, HevcCoding, VvcCoding {

    private static final int RECOVERY_POINT = 6; // payloadType, ITU-T H.264, D.1.1; H.265, D.2.1
    private static final int EXTENDED = 0xFF;

    private final int headerBytes;
    private final int neededSets; // bits by ordinal
    private final Set<NalUnitKind> decoderSets;

    /** {@code neededSets} must be there for decoding to start; a decoder starts anew where one of {@code decoderSets} differs. */
    NalCoding(int headerBytes, Set<NalUnitKind> neededSets, Set<NalUnitKind> decoderSets) {
        this.headerBytes = headerBytes;
        this.neededSets = mask(neededSets);
        this.decoderSets = decoderSets;
    }

    /** The kind that the header of a NAL unit names, which is not cut off. */
    abstract NalUnitKind kindOf(Bytes message, int offset);

    /** What a sequence parameter set says. */
    abstract Picture picture(Bytes sps) throws MalformedException;

    @Override
    public final boolean hasCompositionTime() {
        return true;
    }

    @Override
    public final boolean hasNalUnits() {
        return true;
    }

    @Override
    public final NalUnitKind kindOf(Bytes message, int offset, int length) {
        return length < headerBytes ? NalUnitKind.TRUNCATED : kindOf(message, offset);
    }

    /**
     * What a configuration record says. Parameter sets that are not complete are none, for a decoder could not start with them; a sequence
     * parameter set that cannot be read leaves what the record says.
     */
    final VideoDescription describe(Bytes record, int nalUnitLengthBytes, List<Bytes> sets, Picture said) {
        int kinds = mask(sets.stream().map(set -> kindOf(set, 0, set.size())).collect(Collectors.toSet()));
        List<Bytes> complete = (kinds & neededSets) == neededSets ? sets : List.of();
        return new VideoDescription(record, nalUnitLengthBytes, complete, decoderKey(sets), pictureOf(sets, said));
    }

    private List<Bytes> decoderKey(List<Bytes> sets) {
        return sets.stream().filter(set -> decoderSets.contains(kindOf(set, 0, set.size()))).toList();
    }

    private Picture pictureOf(List<Bytes> sets, Picture otherwise) {
        for (Bytes set : sets) {
            if (kindOf(set, 0, set.size()) == NalUnitKind.SPS) {
                try {
                    return picture(set);
                } catch (MalformedException e) {
                    return otherwise; // a decoder may still know what to do with it
                }
            }
        }
        return otherwise;
    }

    @Override
    public final boolean isDecodable(Bytes message, int offset, int length, NalUnits units) {
        return !units.isDamaged() && firstSlice(message, units) < units.count();
    }

    /** The index of the first slice, or the number of NAL units if there is none. */
    private int firstSlice(Bytes message, NalUnits units) {
        int i = 0;
        while (i < units.count() && !kindOf(message, units.offset(i), units.length(i)).isSlice()) {
            i++;
        }
        return i;
    }

    @Override
    public final RandomAccess randomAccess(Bytes message, int offset, int length, NalUnits units, boolean labelled) {
        RandomAccess recovery = RandomAccess.NONE;
        for (int i = 0; i < units.count(); i++) {
            switch (kindOf(message, units.offset(i), units.length(i))) {
                case CLEAN_RANDOM_ACCESS_SLICE:
                    return RandomAccess.CLEAN;
                case OPEN_RANDOM_ACCESS_SLICE:
                    return RandomAccess.OPEN;
                case GRADUAL_RANDOM_ACCESS_SLICE:
                    return RandomAccess.GRADUAL;
                case SEI:
                    if (labelled && recovery == RandomAccess.NONE) {
                        recovery = recovery(units.get(i));
                    }
                    break;
                default:
                    break;
            }
        }
        return recovery;
    }

    /** What a recovery point among SEI messages says: zero pictures to wait for, or more (ITU-T H.264, D.2.8). */
    private RandomAccess recovery(Bytes sei) {
        try {
            BitReader in = BitReader.ofParameterSet(sei);
            in.skip(8 * headerBytes, "NAL unit header");
            while (in.remainingBytes() > 2) { // type, size, and then either a payload or the trailing bits
                int type = extended(in, "payload type");
                int size = extended(in, "payload size");
                if (type == RECOVERY_POINT) {
                    return in.ue("recovery_frame_cnt") == 0 ? RandomAccess.OPEN : RandomAccess.GRADUAL;
                }
                in.skip(8 * size, "payload");
            }
        } catch (MalformedException e) {
            return RandomAccess.NONE;
        }
        return RandomAccess.NONE;
    }

    private static int extended(BitReader in, String field) throws MalformedException {
        int sum = 0;
        int next;
        do {
            next = in.u(8, field);
            sum += next;
        } while (next == EXTENDED);
        return sum;
    }

    /** Takes complete parameter sets that stand ahead of the picture where decoding starts, or in a message without a picture. */
    @Override
    public final VideoDescription learn(
            VideoDescription known, Bytes message, int offset, int length, NalUnits units, RandomAccess access) {
        int slice = firstSlice(message, units);
        boolean startsHere = access != RandomAccess.NONE || slice == units.count();
        if (units.isDamaged() || !startsHere) {
            return known;
        }
        int kinds = 0;
        for (int i = 0; i < slice; i++) {
            kinds |= 1 << kindOf(message, units.offset(i), units.length(i)).ordinal();
        }
        if ((kinds & neededSets) != neededSets) {
            return known;
        }
        List<Bytes> sets = new ArrayList<>();
        for (int i = 0; i < units.count(); i++) {
            if (kindOf(message, units.offset(i), units.length(i)).isParameterSet()) {
                sets.add(units.get(i));
            }
        }
        if (sets.equals(known.parameterSets())) {
            return known;
        }
        List<Bytes> copies = sets.stream().map(set -> Bytes.takeOver(set.toByteArray())).toList(); // a slice would keep the whole message
        return new VideoDescription(
                known.configuration(), known.nalUnitLengthBytes(), copies, decoderKey(copies), pictureOf(copies, known.picture()));
    }

    /** Annex B. An access unit delimiter stays first; parameter sets that the access unit does not have itself come next. */
    @Override
    public final void write(
            VideoDescription known, Bytes message, int offset, int length, int[] ranges, boolean startsHere, ByteBuf out) {
        boolean setsNeeded = startsHere && !hasParameterSets(message, ranges);
        boolean delimited = ranges.length > 0 && kindOf(message, ranges[0], ranges[1]) == NalUnitKind.ACCESS_UNIT_DELIMITER;
        int at = 0;
        if (delimited) {
            AnnexB.write(message.slice(ranges[0], ranges[1]), out);
            at = 2;
        }
        if (setsNeeded) {
            AnnexB.write(known.parameterSets(), out);
        }
        for (; at < ranges.length; at += 2) {
            AnnexB.write(message.slice(ranges[at], ranges[at + 1]), out);
        }
    }

    @Override
    public final boolean hasParameterSets(Bytes message, int[] ranges) {
        int kinds = 0;
        for (int i = 0; i < ranges.length; i += 2) {
            NalUnitKind kind = kindOf(message, ranges[i], ranges[i + 1]);
            if (kind.isSlice()) {
                break;
            }
            kinds |= 1 << kind.ordinal();
        }
        return (kinds & neededSets) == neededSets;
    }

    private static int mask(Set<NalUnitKind> kinds) {
        return kinds.stream().mapToInt(kind -> 1 << kind.ordinal()).sum();
    }
}
