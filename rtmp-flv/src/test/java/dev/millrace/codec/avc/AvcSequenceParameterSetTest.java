package dev.millrace.codec.avc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.bits.BitText;
import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvcSequenceParameterSetTest {

    // Written by x264 and OpenH264; the expectations are those of ffprobe 8.1. Chroma format, bits, size, coded size, aspect ratio, rate.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            High                  | 6764001eacd940a02ff97011000003000100000300320f162d96                     | 1 8 640x360 640x368 1:1 25.0
            Constrained Baseline  | 6742c01eda0280bfe5c044000003000400000300c83c58ba80                       | 1 8 640x360 640x368 1:1 25.0
            Constrained Baseline  | 6742c00dda054678888c04400000fa40003a9803c50aa8                           | 1 8 322x178 336x192 1:1 29.97
            Constrained Baseline  | 6742c01eda02d049b041000003000100000300320f162ea0                         | 1 8 720x576 720x576 16:11 25.0
            Constrained Baseline  | 6742c016da0280f6ffc018c00f9a810100a0000003002000000303c1e2c5d4           | 1 8 640x480 640x480 99:62 15.0
            Constrained Baseline  | 6742c0148c68141f30101e1108d4                                             | 1 8 320x240 320x240 1:1 none
            High 4:4:4 Predictive | 67f4000d919681519e108ec04400000fa40003a9803c50aa80                       | 3 8 321x179 336x192 1:1 29.97
            High 10               | 676e0020a6cb402802dd80880000030008000003032078c195                       | 1 10 1280x720 1280x720 1:1 50.0
            High 4:2:2            | 677a0020b6cb402802dd8088000003000800000303c078c195                       | 2 10 1280x720 1280x720 1:1 60.0
            High                  | 6764000cf2d0283f602d90000003001000000301e0f142aa                         | 0 8 320x240 320x240 1:1 15.0
            High                  | 67640028acd94078044fde0220000003002000000643e2c5b2c0                     | 1 8 1920x1080 1920x1088 1:1 25.0 fields
            """)
    void readsWhatEncodersWrite(String profile, String wire, String expected) throws Exception {
        AvcSequenceParameterSet sps = AvcSequenceParameterSet.parse(Bytes.takeOver(TrackedBuffers.bytes(wire)));
        assertEquals(profile, sps.profileName());
        assertEquals(expected, text(sps));
        assertEquals(sps.bitDepthLuma(), sps.bitDepthChroma());
    }

    // By hand from H.264, 7.3.2.1.1. The header, then level 4 and parameter set 0, are put in front of each.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            smallest             | 66  | ue=0*2 ue=0 ue=0 1=0 ue=0*2 1=1 1=1 1=0 1=0                                                     | 1 8 16x16 16x16 1:1 none
            order count type 1   | 66  | ue=0 ue=1 1=0 se=-2147483647 se=5 ue=255 se=-1*255 ue=0 1=0 ue=0*2 1=1 1=1 1=0 1=0               | 1 8 16x16 16x16 1:1 none
            order count type 2   | 66  | ue=12 ue=2 ue=16 1=1 ue=1 ue=2 1=1 1=1 1=0 1=0                                                  | 1 8 32x48 32x48 1:1 none
            fields               | 77  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=0 1=1 1=1 1=0 1=0                                               | 1 8 32x96 32x96 1:1 none fields
            crop of fields       | 77  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=0 1=1 1=1 1=1 ue=1 ue=2 ue=3 ue=4 1=0                           | 1 8 26x68 32x96 1:1 none fields
            crop of 4:2:2        | 122 | ue=2 ue=0*2 1=0*2 ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=1 ue=1 ue=2 ue=3 ue=4 1=0             | 2 8 26x41 32x48 1:1 none
            crop of 4:4:4        | 244 | ue=3 1=0 ue=0*2 1=0*2 ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=1 ue=1 ue=2 ue=3 ue=4 1=0         | 3 8 29x41 32x48 1:1 none
            crop of planes       | 244 | ue=3 1=1 ue=0*2 1=0*2 ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=1 ue=1 ue=2 ue=3 ue=4 1=0         | 3 8 29x41 32x48 1:1 none
            crop of grey         | 100 | ue=0 ue=0*2 1=0*2 ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=1 ue=1 ue=2 ue=3 ue=4 1=0             | 0 8 29x41 32x48 1:1 none
            14 bits              | 244 | ue=1 ue=6*2 1=0*2 ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=0                                 | 1 14 32x48 32x48 1:1 none
            scaling lists        | 100 | ue=1 ue=0*2 1=0 1=1 1=1 se=1*16 1=0*5 1=1 se=-3*64 1=0 ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=0 | 1 8 32x48 32x48 1:1 none
            default lists        | 100 | ue=1 ue=0*2 1=0 1=1 1=1 se=-8 1=0*5 1=1 se=1 se=-9 1=0 ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=0 | 1 8 32x48 32x48 1:1 none
            twelve lists         | 244 | ue=3 1=0 ue=0*2 1=0 1=1 1=0*11 1=1 se=1*64 ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=0        | 3 8 32x48 32x48 1:1 none
            no timing            | 66  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=1 1=0*4 1=0                                         | 1 8 32x48 32x48 1:1 none
            aspect 2:1           | 66  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=1 1=1 8=16 1=0*3 1=0                                | 1 8 32x48 32x48 2:1 none
            aspect unspecified   | 66  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=1 1=1 8=0 1=0*3 1=0                                 | 1 8 32x48 32x48 1:1 none
            aspect reserved      | 66  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=1 1=1 8=17 1=0*3 1=0                                | 1 8 32x48 32x48 1:1 none
            aspect 3:0           | 66  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=1 1=1 8=255 16=3 16=0 1=0*3 1=0                    | 1 8 32x48 32x48 1:1 none
            all before timing    | 66  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=1 1=1 8=255 16=3 16=7 1=1*2 1=1 4=11 1=1 24=65793 1=1 ue=5*2 1=1 32=1001 32=60000 1=1 | 1 8 32x48 32x48 3:7 29.97
            tick of 0            | 66  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=1 1=0*4 1=1 32=0 32=50 1=1                          | 1 8 32x48 32x48 1:1 none
            scale of 0           | 66  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=1 1=0*4 1=1 32=1 32=0 1=1                           | 1 8 32x48 32x48 1:1 none
            slowest              | 66  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=1 1=0*4 1=1 32=2147483647 32=4294967294 1=1         | 1 8 32x48 32x48 1:1 1.0
            too slow             | 66  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=1 1=0*4 1=1 32=2147483647 32=4294967293 1=1         | 1 8 32x48 32x48 1:1 none
            fastest              | 66  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=1 1=0*4 1=1 32=1 32=480 1=1                         | 1 8 32x48 32x48 1:1 240.0
            too fast             | 66  | ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=0 1=1 1=0*4 1=1 32=1 32=90000 1=1                       | 1 8 32x48 32x48 1:1 none
            greatest             | 66  | ue=0 ue=2 ue=0 1=0 ue=4095 ue=4095 1=0 1=1 1=1 1=0 1=0                                         | 1 8 65536x131072 65536x131072 1:1 none fields
            """)
    void readsWhatIsLegal(String name, int profile, String bits, String expected) throws Exception {
        assertEquals(expected, text(AvcSequenceParameterSet.parse(BitText.nalUnit("8=103 8=" + profile + " 8=0 8=40 ue=0 " + bits))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing              | 8=103                                                                            | profile_idc of 8 bits in 0
            PPS                  | 8=104 24=0                                                                       | nal_unit_type 8 is not 7
            identifier 32        | 8=103 8=66 8=0 8=40 ue=32                                                        | seq_parameter_set_id 32 is not 0 to 31
            golomb of 32 zeros   | 8=103 8=66 8=0 8=40 32=0 1=1                                                     | seq_parameter_set_id has more than 31 leading zeros
            chroma format 4      | 8=103 8=100 8=0 8=40 ue=0 ue=4                                                   | chroma_format_idc 4 is not 0 to 3
            15 bits of luma      | 8=103 8=100 8=0 8=40 ue=0 ue=1 ue=7                                              | bit_depth_luma_minus8 7 is not 0 to 6
            15 bits of chroma    | 8=103 8=100 8=0 8=40 ue=0 ue=1 ue=0 ue=7                                         | bit_depth_chroma_minus8 7 is not 0 to 6
            log2 frame number 32 | 8=103 8=66 8=0 8=40 ue=0 ue=28                                                   | log2_max_frame_num_minus4 28 is not 0 to 12
            log2 order count 32  | 8=103 8=66 8=0 8=40 ue=0 ue=0 ue=0 ue=28                                         | log2_max_pic_order_cnt_lsb_minus4 28 is not 0 to 12
            order count type 3   | 8=103 8=66 8=0 8=40 ue=0 ue=0 ue=3                                               | pic_order_cnt_type 3 is not 0 to 2
            a million offsets    | 8=103 8=66 8=0 8=40 ue=0 ue=0 ue=1 1=0 se=0*2 ue=1000000 se=0*1000               | num_ref_frames_in_pic_order_cnt_cycle 1000000 is not 0 to 255
            17 references        | 8=103 8=66 8=0 8=40 ue=0 ue=0 ue=2 ue=17                                         | max_num_ref_frames 17 is not 0 to 16
            too wide             | 8=103 8=66 8=0 8=40 ue=0 ue=0 ue=2 ue=0 1=0 ue=4096                              | pic_width_in_mbs_minus1 4096 is not 0 to 4095
            too high             | 8=103 8=66 8=0 8=40 ue=0 ue=0 ue=2 ue=0 1=0 ue=0 ue=4294967294                   | pic_height_in_map_units_minus1 4294967294 is not 0 to 4095
            crop of all          | 8=103 8=66 8=0 8=40 ue=0 ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=1 ue=8*2 ue=0*2  | frame_crop_left_offset, frame_crop_right_offset take 32 of 32
            crop of all lines    | 8=103 8=66 8=0 8=40 ue=0 ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=1 ue=0*2 ue=25*2 | frame_crop_top_offset, frame_crop_bottom_offset take 100 of 48
            crop of 2^32         | 8=103 8=66 8=0 8=40 ue=0 ue=0 ue=2 ue=0 1=0 ue=1 ue=2 1=1 1=1 1=1 ue=4294967294  | frame_crop_left_offset, frame_crop_right_offset 4294967294 is not 0 to 65536
            """)
    void refuses(String name, String bits, String reason) {
        MalformedException refused = assertThrows(MalformedException.class, () -> AvcSequenceParameterSet.parse(BitText.nalUnit(bits)));
        assertEquals(reason, refused.getMessage());
    }

    @Test
    void refusesWhatIsCutOff() throws Exception {
        Bytes whole = Bytes.takeOver(TrackedBuffers.bytes("6764001eacd940a02ff97011000003000100000300320f162d96"));
        for (int length = 0; length < 21; length++) { // the rest is behind the frame rate
            Bytes part = whole.slice(0, length);
            assertThrows(MalformedException.class, () -> AvcSequenceParameterSet.parse(part), () -> part.size() + " bytes");
        }
        assertEquals(AvcSequenceParameterSet.parse(whole), AvcSequenceParameterSet.parse(whole.slice(0, 22)));
    }

    @Test
    void refusesAParameterSetLongerThanItsLength() {
        byte[] wire = BitText.nalUnit("8=103 8=66 8=0 8=40 ue=0*2 ue=0 ue=0 ue=0 1=0 ue=0*2 1=1 1=1 1=0 1=0").toByteArray();
        byte[] padded = Arrays.copyOf(wire, 65536);
        assertTrue(assertThrows(MalformedException.class, () -> AvcSequenceParameterSet.parse(Bytes.takeOver(padded))).getMessage().contains("65536"));
    }

    // H.264, annex A, and table A-1.
    @ParameterizedTest
    @CsvSource(textBlock = """
            66, 00, 30, Baseline, 3, avc1.42001e
            66, 40, 31, Constrained Baseline, 3.1, avc1.42401f
            66, 90, 11, Baseline, 1b, avc1.42900b
            77, 10, 11, Main, 1b, avc1.4d100b
            77, 40, 11, Main, 1.1, avc1.4d400b
            88, 10, 11, Extended, 1b, avc1.58100b
            100, 00, 9, High, 1b, avc1.640009
            100, 10, 11, High, 1.1, avc1.64100b
            100, 08, 52, Progressive High, 5.2, avc1.640834
            100, 0c, 40, Constrained High, 4, avc1.640c28
            100, 04, 40, High, 4, avc1.640428
            110, 10, 40, High 10 Intra, 4, avc1.6e1028
            122, 10, 40, High 4:2:2 Intra, 4, avc1.7a1028
            244, 10, 40, High 4:4:4 Predictive Intra, 4, avc1.f41028
            44, 10, 40, CAVLC 4:4:4 Intra, 4, avc1.2c1028
            118, 00, 40, Multiview High, 4, avc1.760028
            128, 00, 40, Stereo High, 4, avc1.800028
            99, 00, 62, profile 99, 6.2, avc1.63003e
            """)
    void namesProfilesAndLevels(int profile, String compatibility, int level, String profileName, String levelName, String codecString) {
        AvcProfile name = new AvcProfile(profile, Integer.parseInt(compatibility, 16), level);
        assertEquals(profileName, name.profileName());
        assertEquals(levelName, name.levelName());
        assertEquals(codecString, name.codecString());
    }

    // H.264, 7.3.2.1.1, and 144, which is in older editions.
    @Test
    void knowsTheProfilesWithAChromaFormat() {
        int[] with = IntStream.range(0, 256).filter(profile -> new AvcProfile(profile, 0, 0).hasChromaFormat()).toArray();
        assertArrayEquals(new int[] {44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 144, 244}, with);
    }

    private static String text(AvcSequenceParameterSet sps) {
        return sps.chromaFormat() + " " + sps.bitDepthLuma() + " " + sps.width() + "x" + sps.height() + " " + sps.codedWidth() + "x" + sps.codedHeight()
                + " " + sps.sampleAspectWidth() + ":" + sps.sampleAspectHeight() + " "
                + sps.framesPerSecond().stream().mapToObj(rate -> Math.round(rate * 1000) / 1000.0 + "").findAny().orElse("none")
                + (sps.framesOnly() ? "" : " fields");
    }
}
