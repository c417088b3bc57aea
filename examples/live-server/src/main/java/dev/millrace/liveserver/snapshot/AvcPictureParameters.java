package dev.millrace.liveserver.snapshot;

import java.io.IOException;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;

/** Reads picture parameter sets for JCodec (ITU-T H.264, 7.3.2.2), which never sees the bytes. */
final class AvcPictureParameters {

    private AvcPictureParameters() {}

    static PictureParameterSet read(byte[] rbsp) throws IOException, UnsupportedCodecException {
        HeaderReader in = new HeaderReader(rbsp);
        PictureParameterSet pps = new PictureParameterSet();
        in.u(8, "NAL unit header");
        pps.picParameterSetId = in.ue(255, "pic_parameter_set_id");
        pps.seqParameterSetId = in.ue(31, "seq_parameter_set_id");
        pps.entropyCodingModeFlag = in.flag("entropy_coding_mode_flag");
        pps.picOrderPresentFlag = in.flag("bottom_field_pic_order_in_frame_present_flag");
        if (in.ue(7, "num_slice_groups_minus1") > 0) {
            throw AvcSequence.unsupported("slice groups", "pictures of one");
        }
        pps.numRefIdxActiveMinus1 = new int[] {in.ue(31, "num_ref_idx_l0_default_active_minus1"), in.ue(31, "num_ref_idx_l1_default_active_minus1")};
        in.u(1 + 2, "weighted_pred_flag, weighted_bipred_idc");
        pps.picInitQpMinus26 = in.se(-26, 25, "pic_init_qp_minus26");
        in.se(-26, 25, "pic_init_qs_minus26");
        pps.chromaQpIndexOffset = in.se(-12, 12, "chroma_qp_index_offset");
        pps.deblockingFilterControlPresentFlag = in.flag("deblocking_filter_control_present_flag");
        pps.constrainedIntraPredFlag = in.flag("constrained_intra_pred_flag");
        pps.redundantPicCntPresentFlag = in.flag("redundant_pic_cnt_present_flag");
        if (in.hasMore()) {
            pps.extended = readExtension(in);
        }
        return pps;
    }

    private static PictureParameterSet.PPSExt readExtension(HeaderReader in) throws IOException, UnsupportedCodecException {
        PictureParameterSet.PPSExt extension = new PictureParameterSet.PPSExt();
        extension.transform8x8ModeFlag = in.flag("transform_8x8_mode_flag");
        if (in.flag("pic_scaling_matrix_present_flag")) {
            throw AvcSequence.unsupported("scaling matrices in the picture parameter set", "flat ones");
        }
        extension.secondChromaQpIndexOffset = in.se(-12, 12, "second_chroma_qp_index_offset");
        return extension;
    }
}
