package dev.millrace.liveserver.snapshot;

import dev.millrace.codec.avc.AvcNalUnitType;
import dev.millrace.media.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.RefPicMarkingIDR;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.codecs.h264.io.model.SliceType;

/**
 * A slice of an intra picture, with its header parsed for JCodec (ITU-T H.264, 7.3.3).
 *
 * @param sequence the sequence parameter set of the picture
 * @param header the header in JCodec's form
 * @param rbsp the NAL unit without emulation prevention bytes
 * @param dataBits the position of slice_data() in bits
 */
record AvcSlice(AvcSequence sequence, SliceHeader header, byte[] rbsp, int dataBits) {


    private static final int SLICE_TYPES = 5;
    private static final int I = 2;

    /** disable_deblocking_filter_idc of a slice that is not filtered. */
    private static final int NO_FILTER = 1;

    /** Takes indexA to 0 for every quantizer up to 51, where the threshold is 0 (8.7.2.2). */
    private static final int WEAKEST_FILTER = -26;

    /** A decoder has 16 pictures, and each can be renamed or dropped once or twice. */
    private static final int MAX_MARKINGS = 64;

    /** Reads the header, with the parameter sets that came before. */
    static AvcSlice read(Bytes nalUnit, Map<Integer, AvcSequence> sequences, Map<Integer, PictureParameterSet> pictures)
            throws IOException {
        byte[] rbsp = AvcNalUnits.rbsp(nalUnit);
        HeaderReader in = new HeaderReader(rbsp);
        SliceHeader header = new SliceHeader();
        in.u(8, "NAL unit header");
        header.firstMbInSlice = in.ue(AvcSequence.MAX_MACROBLOCKS - 1, "first_mb_in_slice");
        int type = in.ue(2 * SLICE_TYPES - 1, "slice_type");
        if (type % SLICE_TYPES != I) {
            throw new IOException("slice_type " + type + " in a keyframe is not " + I + " or " + (I + SLICE_TYPES));
        }
        header.sliceType = SliceType.I;
        header.picParameterSetId = in.ue(255, "pic_parameter_set_id");
        header.pps = lookUp(pictures, header.picParameterSetId, "picture");
        AvcSequence sequence = lookUp(sequences, header.pps.seqParameterSetId, "sequence");
        header.sps = sequence.sps();
        readOrder(in, header, AvcNalUnitType.of(nalUnit) == AvcNalUnitType.IDR_SLICE);
        if (AvcNalUnits.refIdc(nalUnit) != 0) {
            skipMarking(in, header, AvcNalUnitType.of(nalUnit) == AvcNalUnitType.IDR_SLICE);
        }
        readQuantizerAndFilter(in, header);
        return new AvcSlice(sequence, header, rbsp, in.position());
    }

    private static <T> T lookUp(Map<Integer, T> sets, int id, String kind) throws IOException {
        T set = sets.get(id);
        if (set == null) {
            throw new IOException(kind + " parameter set " + id + " of a slice is none of " + sets.keySet());
        }
        return set;
    }

    private static void readOrder(HeaderReader in, SliceHeader header, boolean idr) throws IOException {
        SeqParameterSet sps = header.sps;
        header.frameNum = in.u(sps.log2MaxFrameNumMinus4 + 4, "frame_num");
        if (idr) {
            header.idrPicId = in.ue(0xFFFF, "idr_pic_id");
        }
        if (sps.picOrderCntType == 0) {
            in.u(sps.log2MaxPicOrderCntLsbMinus4 + 4, "pic_order_cnt_lsb");
        }
        boolean deltas = sps.picOrderCntType == 1 && !sps.deltaPicOrderAlwaysZeroFlag;
        if (deltas) {
            AvcSequence.anySe(in, "delta_pic_order_cnt[0]");
        }
        if (header.pps.picOrderPresentFlag && (deltas || sps.picOrderCntType == 0)) {
            AvcSequence.anySe(in, "delta_pic_order_cnt[1] or delta_pic_order_cnt_bottom");
        }
        if (header.pps.redundantPicCntPresentFlag) {
            header.redundantPicCnt = in.ue(127, "redundant_pic_cnt");
        }
    }

    /** dec_ref_pic_marking(): what is kept for pictures that follow, and here none does. */
    private static void skipMarking(HeaderReader in, SliceHeader header, boolean idr) throws IOException {
        if (idr) {
            header.refPicMarkingIDR = new RefPicMarkingIDR(in.flag("no_output_of_prior_pics_flag"), in.flag("long_term_reference_flag"));
            return;
        }
        if (!in.flag("adaptive_ref_pic_marking_mode_flag")) {
            return;
        }
        for (int i = 0; i < MAX_MARKINGS; i++) {
            int operation = in.ue(6, "memory_management_control_operation");
            if (operation == 0) {
                return;
            }
            int arguments = operation == 3 ? 2 : operation == 5 ? 0 : 1;
            for (int argument = 0; argument < arguments; argument++) {
                in.ue(0xFFFF, "argument of memory_management_control_operation " + operation);
            }
        }
        throw new IOException("slice header has more than " + MAX_MARKINGS + " memory management operations");
    }

    private static void readQuantizerAndFilter(HeaderReader in, SliceHeader header) throws IOException {
        int initial = 26 + header.pps.picInitQpMinus26;
        header.sliceQpDelta = in.se(-initial, 51 - initial, "slice_qp_delta");
        if (header.pps.deblockingFilterControlPresentFlag) {
            header.disableDeblockingFilterIdc = in.ue(2, "disable_deblocking_filter_idc");
            if (header.disableDeblockingFilterIdc == NO_FILTER) {
                header.sliceAlphaC0OffsetDiv2 = WEAKEST_FILTER; // JCodec filters whatever the stream says, but so weakly that nothing changes
                return;
            }
            header.sliceAlphaC0OffsetDiv2 = in.se(-6, 6, "slice_alpha_c0_offset_div2");
            header.sliceBetaOffsetDiv2 = in.se(-6, 6, "slice_beta_offset_div2");
        }
    }

    /** slice_data() for CABAC, which begins at a whole byte. */
    ByteBuffer alignedData() {
        int start = Math.min(dataBits + 7 >> 3, rbsp.length);
        return ByteBuffer.wrap(rbsp, start, rbsp.length - start);
    }
}
