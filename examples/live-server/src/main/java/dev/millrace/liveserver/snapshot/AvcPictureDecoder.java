package dev.millrace.liveserver.snapshot;

import dev.millrace.codec.avc.AvcNalUnitType;
import dev.millrace.media.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jcodec.codecs.h264.H264Decoder;
import org.jcodec.codecs.h264.decode.DeblockerInput;
import org.jcodec.codecs.h264.decode.SliceDecoder;
import org.jcodec.codecs.h264.decode.deblock.DeblockingFilter;
import org.jcodec.codecs.h264.io.model.Frame;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.common.IntObjectMap;
import org.jcodec.common.logging.LogLevel;
import org.jcodec.common.logging.Logger;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;

/**
 * Decodes one intra picture with parts of JCodec.
 *
 * <p>JCodec's {@code H264Decoder} is not used: it starts a thread pool for each decoder and never stops it.
 * Here, headers are read and bounded first; each slice must start where the previous one ended, so that no
 * macroblock is decoded twice; and missing macroblocks are detected. JCodec's share takes time and memory in
 * proportion to the macroblocks and the bytes.
 *
 * <p>Keeps nothing between calls.
 */
final class AvcPictureDecoder {


    static {
        Logger.setLevel(LogLevel.ERROR); // it would write to standard output whenever a stream has something odd
    }

    private AvcPictureDecoder() {}

    /**
     * Decodes.
     *
     * @param byteStream parameter sets and one picture, annex B
     * @throws IOException if it is broken
     * @throws UnsupportedCodecException if JCodec cannot do it
     */
    static YuvPicture decode(Bytes byteStream) throws IOException, UnsupportedCodecException {
        List<AvcSlice> slices = slices(AvcNalUnits.split(byteStream));
        if (slices.isEmpty()) {
            throw new IOException("access unit of " + byteStream.size() + " bytes has no slice");
        }
        try {
            return decode(slices);
        } catch (RuntimeException | StackOverflowError e) {
            throw new IOException("slice data broken: " + e, e); // JCodec checks little, and runs into the end of some array
        }
    }

    private static List<AvcSlice> slices(List<Bytes> nalUnits) throws IOException, UnsupportedCodecException {
        Map<Integer, AvcSequence> sequences = new HashMap<>();
        Map<Integer, PictureParameterSet> pictures = new HashMap<>();
        List<AvcSlice> slices = new ArrayList<>();
        for (Bytes nalUnit : nalUnits) {
            switch (AvcNalUnitType.of(nalUnit)) {
                case SPS -> {
                    AvcSequence sequence = AvcSequence.read(nalUnit);
                    sequences.put(sequence.sps().seqParameterSetId, sequence);
                }
                case PPS -> {
                    PictureParameterSet picture = AvcPictureParameters.read(AvcNalUnits.rbsp(nalUnit));
                    pictures.put(picture.picParameterSetId, picture);
                }
                case IDR_SLICE, NON_IDR_SLICE -> Optional.of(AvcSlice.read(nalUnit, sequences, pictures))
                        .filter(slice -> slice.header().redundantPicCnt == 0)
                        .ifPresent(slices::add);
                default -> { } // delimiters, SEI and the like say nothing of samples
            }
        }
        return slices;
    }

    private static YuvPicture decode(List<AvcSlice> slices) throws IOException, UnsupportedCodecException {
        AvcSequence sequence = slices.get(0).sequence();
        SeqParameterSet sps = sequence.sps();
        int columns = sps.picWidthInMbsMinus1 + 1;
        int total = columns * (sps.picHeightInMapUnitsMinus1 + 1);
        DeblockerInput deblocking = new DeblockerInput(sps);
        Frame frame = frame(sequence, deblocking);
        int done = 0;
        for (AvcSlice slice : slices) {
            if (slice.sequence() != sequence) {
                throw new IOException("slice from macroblock " + done + " on is of another sequence than the one before");
            }
            if (slice.header().firstMbInSlice != done) {
                throw new IOException("first_mb_in_slice " + slice.header().firstMbInSlice + " is not " + done);
            }
            done += decode(slice, total - done, frame, deblocking);
        }
        if (done != total) {
            throw new IOException("keyframe has " + done + " of " + total + " macroblocks");
        }
        new DeblockingFilter(columns, /* bitDepthChroma= */ 8, deblocking).deblockFrame(frame);
        return new YuvPicture(frame.getData(), frame.getWidth(), sequence.window(), sequence.colour());
    }

    private static int decode(AvcSlice slice, int maxMacroblocks, Frame frame, DeblockerInput deblocking)
            throws IOException, UnsupportedCodecException {
        MacroblockReader reader = MacroblockReader.of(slice, maxMacroblocks);
        new SliceDecoder(slice.header().sps, new Frame[0], new IntObjectMap<>(), deblocking, frame).decodeFromReader(reader);
        if (reader.foundPcm()) {
            throw AvcSequence.unsupported("macroblocks of bare samples (I_PCM)", "predicted ones");
        }
        if (!reader.isEnded()) {
            throw new IOException("slice from macroblock " + slice.header().firstMbInSlice + " on does not end after " + reader.macroblocks());
        }
        return reader.macroblocks();
    }

    private static Frame frame(AvcSequence sequence, DeblockerInput deblocking) {
        SeqParameterSet sps = sequence.sps();
        Picture planes = Picture.create(sps.picWidthInMbsMinus1 + 1 << 4, sps.picHeightInMapUnitsMinus1 + 1 << 4, ColorSpace.YUV420J);
        return H264Decoder.createFrame(sps, planes.getData(), /* frameNum= */ 0, SliceType.I, deblocking.mvs, deblocking.refsUsed, /* POC= */ 0);
    }
}
