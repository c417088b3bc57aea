package dev.millrace.liveserver.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Bytes;
import dev.millrace.track.Keyframe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvcKeyframeDecoderTest {

    private static final long LIMIT_SECONDS = 30;

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final AvcKeyframeDecoder decoder = new AvcKeyframeDecoder(executor);

    @AfterEach
    void endThread() {
        executor.shutdownNow();
    }

    private BufferedImage decode(Keyframe keyframe) throws Exception {
        return decoder.decode(keyframe).toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private Throwable failure(Keyframe keyframe) {
        return assertThrows(ExecutionException.class, () -> decode(keyframe)).getCause();
    }

    private Throwable failure(byte[] byteStream) {
        return failure(Pictures.avc(byteStream));
    }

    private static byte[] cavlc() throws Exception {
        return Pictures.keyframeOfFlv("/snapshot/cavlc.flv").accessUnit().toByteArray();
    }

    /** Of the samples that are to be seen, one plane after the other, as FFmpeg's rawvideo has them. */
    private static String md5(YuvPicture picture) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        for (int plane = 0; plane < 3; plane++) {
            int shift = plane == 0 ? 0 : 1;
            int stride = picture.stride() >> shift;
            for (int row = 0; row < picture.window().height() >> shift; row++) {
                int line = ((picture.window().top() >> shift) + row) * stride + (picture.window().left() >> shift);
                for (int column = 0; column < picture.window().width() >> shift; column++) {
                    digest.update((byte) (picture.planes()[plane][line + column] + 128));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The checksums are those of FFmpeg's decoder: README in the folder of the files. */
    @ParameterizedTest
    @CsvSource({
        "baseline, 4ad77875b1e96df0a8f2b531be18683c",
        "main, 1b1b6bd527e56480e484e023da1a8d7d",
        "high, e71f79dbe04703eea395a6d73fc4349c",
        "hd, 26043fe7721b44ec29bbc6d313a49845",
        "cavlc, 3b0ff19fd6dd19a1e8477e4ebd899038"
    })
    void everySampleIsThatOfFfmpeg(String name, String md5) throws Exception {
        assertEquals(md5, md5(AvcPictureDecoder.decode(Pictures.keyframeOfFlv("/snapshot/" + name + ".flv").accessUnit())));
    }

    @Test
    void croppingAtTheLeftAndTheTopIsObeyed() throws Exception {
        YuvPicture picture = AvcPictureDecoder.decode(Bytes.takeOver(Pictures.resource("/snapshot/cropped.h264")));
        assertEquals(new AvcSequence.Window(4, 6, 58, 50), picture.window());
        assertEquals("925af920d19fc08a57d74c6401867dba", md5(picture));
        assertEquals(58, picture.toRgb().getWidth());
    }

    @ParameterizedTest
    @CsvSource({
        "high10, High 10 profile",
        "high422, High 4:2:2 profile",
        "high444, 'chroma_format_idc 3'",
        "lossless, High 4:4:4 Predictive profile",
        "interlaced, interlaced coding",
        "gray, chroma_format_idc 0",
        "scaling-lists, scaling matrices"
    })
    void whatJcodecWouldGarbleIsRefused(String name, String reason) throws Exception {
        Throwable failure = failure(Pictures.resource("/snapshot/" + name + ".h264"));
        assertInstanceOf(UnsupportedCodecException.class, failure);
        assertTrue(failure.getMessage().contains(reason), failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"hevc-aac, hevc", "av1-opus, av1"})
    void otherCodecsAreRefusedByName(String name, String codec) throws Exception {
        Throwable failure = failure(Pictures.keyframeOfFlv("/media/" + name + ".flv"));
        assertInstanceOf(UnsupportedCodecException.class, failure);
        assertEquals(codec + ": there is no decoder in pure Java for it, only for avc", failure.getMessage());
    }

    @Test
    void aPictureThatIsTooLargeIsRefusedByItsHeader() {
        assertEquals("access unit of 14 bytes has no slice", failure(AvcWriter.sequence(256, 144)).getMessage());
        assertEquals("avc with a picture of 4096x2320: the decoder in pure Java does at most 36864 macroblocks, as 4096x2304 has",
                failure(AvcWriter.sequence(256, 145)).getMessage());
        assertInstanceOf(IOException.class, failure(AvcWriter.sequence(543, 1)));
        assertInstanceOf(UnsupportedCodecException.class, failure(AvcWriter.sequence(544, 1)));
        assertInstanceOf(UnsupportedCodecException.class, failure(AvcWriter.sequence(1, 544)));
    }

    @Test
    void macroblocksOfBareSamplesAreRefused() {
        Throwable failure = failure(AvcWriter.pcmPicture());
        assertInstanceOf(UnsupportedCodecException.class, failure);
        assertTrue(failure.getMessage().contains("I_PCM"), failure.getMessage());
    }

    @Test
    void aRedundantSliceIsPassedOver() throws Exception {
        assertEquals(0xFF828282, decode(Pictures.avc(AvcWriter.redundantPicture())).getRGB(15, 15)); // 128 of 16 to 235
    }

    @Test
    void aKeyframeNeedNotBeAnIdrPicture() throws Exception {
        assertEquals(0xFF828282, decode(Pictures.avc(AvcWriter.recoveryPoint(20))).getRGB(0, 0));
        assertEquals("slice header has more than 64 memory management operations", failure(AvcWriter.recoveryPoint(64)).getMessage());
    }

    @Test
    void aKeyframeThatIsCutOffIsBroken() throws Exception {
        for (String name : new String[] {"baseline", "main", "cavlc"}) {
            byte[] whole = Pictures.keyframeOfFlv("/snapshot/" + name + ".flv").accessUnit().toByteArray();
            for (int length = 0; length < whole.length - 8; length += 101) {
                assertInstanceOf(IOException.class, failure(Arrays.copyOf(whole, length)), name + " of " + length + " bytes");
            }
        }
    }

    @Test
    void slicesMustMakeUpThePicture() throws Exception {
        assertEquals(0xFF828282, decode(Pictures.avc(AvcWriter.greySlices(2, 0, 1))).getRGB(31, 15));
        assertEquals("keyframe has 1 of 2 macroblocks", failure(AvcWriter.greySlices(2, 0)).getMessage());
        assertEquals("first_mb_in_slice 0 is not 1", failure(AvcWriter.greySlices(2, 0, 0)).getMessage());
        assertEquals("first_mb_in_slice 1 is not 0", failure(AvcWriter.greySlices(2, 1, 0)).getMessage());
        assertEquals("slice from macroblock 2 on is of another sequence than the one before", failure(twoSequences()).getMessage());
    }

    /** Its second slice is of a sequence that was announced after the first. */
    private static byte[] twoSequences() {
        byte[] first = AvcWriter.greySlices(3, 0, 1);
        byte[] second = AvcWriter.greySlices(3, 2);
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void aSliceThatNeedsOtherPicturesIsBroken() throws Exception {
        byte[] bytes = cavlc();
        int slice = HexFormat.of().formatHex(bytes).indexOf("000000016588") / 2 + 5;
        bytes[slice] = (byte) 0b1_00110_00; // first_mb_in_slice 0, slice_type 5
        assertEquals("slice_type 5 in a keyframe is not 2 or 7", failure(bytes).getMessage());
    }

    @Test
    void nalUnitsAreCounted() {
        byte[] bytes = HexFormat.of().parseHex("00000106".repeat(4097));
        assertEquals("access unit has more than 4096 NAL units", failure(bytes).getMessage());
    }

    /** JCodec counts ones of mb_qp_delta until there is a zero, and behind the end of the data there is none. */
    @Test
    void arithmeticDecodingEndsWithTheData() throws Exception {
        Throwable failure = failure(Pictures.resource("/snapshot/endless.h264"));
        assertInstanceOf(IOException.class, failure);
        assertTrue(failure.getMessage().contains("BufferUnderflow"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"baseline", "main", "cavlc"})
    void damagedBytesAreAPictureOrAFailureThatSaysSo(String name) throws Exception {
        byte[] whole = Pictures.keyframeOfFlv("/snapshot/" + name + ".flv").accessUnit().toByteArray();
        Random random = new Random(name.hashCode());
        int pictures = 0;
        int failures = 0;
        for (int round = 0; round < 400; round++) {
            byte[] bytes = whole.clone();
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + 1 + random.nextInt(20));
            for (int i = from; i < to; i++) {
                bytes[random.nextBoolean() ? i : random.nextInt(60)] = (byte) random.nextInt();
            }
            try {
                decode(Pictures.avc(bytes));
                pictures++;
            } catch (ExecutionException e) {
                boolean clear = e.getCause() instanceof IOException || e.getCause() instanceof UnsupportedCodecException;
                assertTrue(clear, () -> "round with seed of " + name + ": " + e.getCause());
                failures++;
            }
        }
        assertTrue(pictures > 0 && failures > 0, pictures + " pictures, " + failures + " failures");
    }
}
