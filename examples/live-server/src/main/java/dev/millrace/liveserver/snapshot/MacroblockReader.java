package dev.millrace.liveserver.snapshot;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jcodec.codecs.h264.decode.CAVLCReader;
import org.jcodec.codecs.h264.decode.MBlock;
import org.jcodec.codecs.h264.decode.SliceReader;
import org.jcodec.codecs.h264.decode.aso.MapManager;
import org.jcodec.codecs.h264.io.CABAC;
import org.jcodec.codecs.h264.io.CAVLC;
import org.jcodec.codecs.h264.io.model.MBType;
import org.jcodec.codecs.h264.io.model.NALUnit;
import org.jcodec.codecs.h264.io.model.NALUnitType;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.common.io.BitReader;

/**
 * JCodec's reader of the macroblocks of one slice, which stops at the end of the picture and at features that
 * JCodec lacks. Confined to one thread.
 */
final class MacroblockReader extends SliceReader {

    /** Context variables of CABAC, and the two numbers of each (ITU-T H.264, 9.3.1.1). */
    private static final int CONTEXTS = 1024;
    private static final int NUMBERS_PER_CONTEXT = 2;

    private final int maxMacroblocks;
    private final BooleanSupplier ended;
    private int macroblocks;
    private boolean pcm;

    private MacroblockReader(SliceHeader header, CABAC cabac, Optional<BoundedArithmeticDecoder> arithmetic, BitReader bits, int maxMacroblocks) {
        super(header.pps, cabac, cavlc(header), arithmetic.orElse(null), bits, new MapManager(header.sps, header.pps).getMapper(header), header,
                new NALUnit(NALUnitType.IDR_SLICE, /* nal_ref_idc= */ 1));
        this.maxMacroblocks = maxMacroblocks;
        this.ended = arithmetic.<BooleanSupplier>map(decoder -> decoder::isEnded).orElse(() -> !CAVLCReader.moreRBSPData(bits));
    }

    /** Stands at the first macroblock; reads at most so many. */
    static MacroblockReader of(AvcSlice slice, int maxMacroblocks) {
        SliceHeader header = slice.header();
        CABAC cabac = new CABAC(header.sps.picWidthInMbsMinus1 + 1);
        Optional<BoundedArithmeticDecoder> arithmetic = Optional.empty();
        if (header.pps.entropyCodingModeFlag) {
            int[][] contexts = new int[NUMBERS_PER_CONTEXT][CONTEXTS];
            cabac.initModels(contexts, header.sliceType, header.cabacInitIdc, 26 + header.pps.picInitQpMinus26 + header.sliceQpDelta);
            arithmetic = Optional.of(new BoundedArithmeticDecoder(slice.alignedData(), contexts));
        }
        BitReader bits = BitReader.createBitReader(ByteBuffer.wrap(slice.rbsp()));
        for (int i = 0; i < slice.dataBits(); i++) {
            bits.read1Bit();
        }
        return new MacroblockReader(header, cabac, arithmetic, bits, maxMacroblocks);
    }

    private static CAVLC[] cavlc(SliceHeader header) {
        return new CAVLC[] {
            new CAVLC(header.sps, header.pps, 2, 2), new CAVLC(header.sps, header.pps, 1, 1), new CAVLC(header.sps, header.pps, 1, 1)
        };
    }

    @Override
    public boolean readMacroblock(MBlock macroblock) {
        if (macroblocks == maxMacroblocks || !super.readMacroblock(macroblock)) {
            return false;
        }
        pcm = macroblock.curMbType == MBType.I_PCM;
        if (pcm) {
            return false; // JCodec reads the samples, and forgets to use them
        }
        macroblocks++;
        return true;
    }

    int macroblocks() {
        return macroblocks;
    }

    /** Whether it stopped at a macroblock of bare samples. */
    boolean foundPcm() {
        return pcm;
    }

    /** Whether nothing of the slice is left. */
    boolean isEnded() {
        return ended.getAsBoolean();
    }
}
