package dev.millrace.codec;

import dev.millrace.codec.VideoDescription.Picture;
import dev.millrace.codec.nal.NalUnitKind;
import dev.millrace.codec.vvc.VvcNalUnitType;
import dev.millrace.media.Bytes;
import java.util.Set;

/** H.266. Its configuration record is passed on unread, and stands for all that a decoder needs. */
final class VvcCoding extends NalCoding {

    VvcCoding() {
        super(/* headerBytes= */ 2, Set.of(NalUnitKind.SPS, NalUnitKind.PPS), Set.of(NalUnitKind.VPS, NalUnitKind.SPS));
    }

    @Override
    NalUnitKind kindOf(Bytes message, int offset) {
        return VvcNalUnitType.ofHeader(message.byteAt(offset + 1)).kind();
    }

    @Override
    public VideoDescription configure(Bytes record) {
        return VideoDescription.of(record, Picture.UNKNOWN);
    }

    @Override
    Picture picture(Bytes sps) {
        return Picture.UNKNOWN;
    }
}
