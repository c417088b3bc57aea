package dev.millrace.codec.avc;

import dev.millrace.bits.BitReader;
import dev.millrace.bits.ParameterSets;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** The end of the configuration record of a High profile, which older senders leave out (ISO/IEC 14496-15, 5.3.3.1). */
record AvcHighExtension(int chromaFormat, int bitDepthLuma, int bitDepthChroma, List<Bytes> spsExt) {

    /** What profiles without extension have. */
    static final AvcHighExtension DEFAULT = new AvcHighExtension(/* chromaFormat= */ 1, 8, 8, List.of());

    static AvcHighExtension read(BitReader in) throws MalformedException {
        in.skip(6, "reserved");
        int chromaFormat = in.u(2, "chroma_format");
        in.skip(5, "reserved");
        int bitDepthLuma = 8 + in.u(3, "bit_depth_luma_minus8");
        in.skip(5, "reserved");
        int bitDepthChroma = 8 + in.u(3, "bit_depth_chroma_minus8");
        int count = in.u(8, "numOfSequenceParameterSetExt");
        return new AvcHighExtension(chromaFormat, bitDepthLuma, bitDepthChroma, ParameterSets.read(count, count, in, "SPSExt"));
    }

    /** What the extension would say. */
    static AvcHighExtension of(List<Bytes> sps) {
        if (sps.isEmpty()) {
            return DEFAULT;
        }
        try {
            AvcSequenceParameterSet first = AvcSequenceParameterSet.parse(sps.get(0));
            return new AvcHighExtension(first.chromaFormat(), first.bitDepthLuma(), first.bitDepthChroma(), List.of());
        } catch (MalformedException damaged) {
            return DEFAULT; // the record itself is whole: the decoder may make more of its SPS
        }
    }

    void writeTo(ByteBuf out) {
        out.writeByte(0b111111_00 | chromaFormat);
        out.writeByte(0b11111_000 | bitDepthLuma - 8);
        out.writeByte(0b11111_000 | bitDepthChroma - 8);
        out.writeByte(spsExt.size());
        ParameterSets.write(spsExt, out);
    }
}
