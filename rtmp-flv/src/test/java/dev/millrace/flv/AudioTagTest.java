package dev.millrace.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.flv.testkit.TrackedBuffers;
import dev.millrace.media.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioTagTest {

    // By hand from the FLV specification, E.4.2.1, and what senders make of it. Columns: see TagText.
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            AAC header             | af 00 1210 | legacy 10 3 1 1 SEQUENCE_START - 0 | 0 AAC 0 2+2
            AAC header, empty      | af 00      | legacy 10 3 1 1 SEQUENCE_START - 0 | 0 AAC 0 2+0
            AAC                    | af 01 2110 | legacy 10 3 1 1 CODED_FRAMES - 0   | 0 AAC 0 2+2
            AAC, other flags       | a4 01 21   | legacy 10 1 0 0 CODED_FRAMES - 0   | 0 AAC 0 2+1
            PCM, 5.5 kHz, 8, mono  | 00 80      | legacy 0 0 0 0 CODED_FRAMES - 0    | 0 PCM 0 1+1
            ADPCM, 22 kHz          | 1a 80      | legacy 1 2 1 0 CODED_FRAMES - 0    | 0 ADPCM 0 1+1
            MP3                    | 2f fffb    | legacy 2 3 1 1 CODED_FRAMES - 0    | 0 MP3 0 1+2
            MP3, empty             | 2f         | legacy 2 3 1 1 CODED_FRAMES - 0    | 0 MP3 0 1+0
            PCM little-endian      | 3f 80      | legacy 3 3 1 1 CODED_FRAMES - 0    | 0 PCM 0 1+1
            Nellymoser 16 kHz      | 42 80      | legacy 4 0 1 0 CODED_FRAMES - 0    | 0 NELLYMOSER 0 1+1
            Nellymoser 8 kHz       | 52 80      | legacy 5 0 1 0 CODED_FRAMES - 0    | 0 NELLYMOSER 0 1+1
            Nellymoser             | 66 80      | legacy 6 1 1 0 CODED_FRAMES - 0    | 0 NELLYMOSER 0 1+1
            G.711 A-law            | 72 80      | legacy 7 0 1 0 CODED_FRAMES - 0    | 0 G711_ALAW 0 1+1
            G.711 mu-law           | 82 80      | legacy 8 0 1 0 CODED_FRAMES - 0    | 0 G711_ULAW 0 1+1
            Speex                  | b2 80      | legacy 11 0 1 0 CODED_FRAMES - 0   | 0 SPEEX 0 1+1
            Opus                   | df 80      | legacy 13 3 1 1 CODED_FRAMES - 0   | 0 OPUS 0 1+1
            MP3 8 kHz              | e2 fffb    | legacy 14 0 1 0 CODED_FRAMES - 0   | 0 MP3 0 1+2
            device                 | f2 80      | legacy 15 0 1 0 CODED_FRAMES - 0   | 0 DEVICE_SPECIFIC 0 1+1
            """)
    void readsLegacyHeaders(String name, String wire, String header, String tracks) throws Exception {
        assertParses(wire, header, tracks);
    }

    // Bodies sent by FFmpeg 8.1.2, shortened, and by hand from Enhanced RTMP v2, "Enhanced Audio".
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            Opus header          | 90 4f707573 4f707573486561640101380180bb0000000000 | ex 9 0 0 0 SEQUENCE_START - 0 | 0 OPUS 0 5+19
            Opus layout          | 94 4f707573 01 01 00000004      | ex 9 0 0 0 MULTICHANNEL_CONFIG - 0           | 0 OPUS 0 5+6
            Opus                 | 91 4f707573 f8b4                | ex 9 0 0 0 CODED_FRAMES - 0                  | 0 OPUS 0 5+2
            Opus end             | 92 4f707573                     | ex 9 0 0 0 SEQUENCE_END - 0                  | 0 OPUS 0 5+0
            FLAC header          | 90 664c6143 12001200000000      | ex 9 0 0 0 SEQUENCE_START - 0                | 0 FLAC 0 5+7
            FLAC layout          | 94 664c6143 01 01 00000004      | ex 9 0 0 0 MULTICHANNEL_CONFIG - 0           | 0 FLAC 0 5+6
            FLAC                 | 91 664c6143 fff8                | ex 9 0 0 0 CODED_FRAMES - 0                  | 0 FLAC 0 5+2
            end of a FLAC encoder| 91 664c6143                     | ex 9 0 0 0 CODED_FRAMES - 0                  | 0 FLAC 0 5+0
            AC-3 header          | 90 61632d33                     | ex 9 0 0 0 SEQUENCE_START - 0                | 0 AC3 0 5+0
            AC-3                 | 91 61632d33 0b77                | ex 9 0 0 0 CODED_FRAMES - 0                  | 0 AC3 0 5+2
            E-AC-3 header        | 90 65632d33                     | ex 9 0 0 0 SEQUENCE_START - 0                | 0 EAC3 0 5+0
            AAC header           | 90 6d703461 1210                | ex 9 0 0 0 SEQUENCE_START - 0                | 0 AAC 0 5+2
            AAC                  | 91 6d703461 2110                | ex 9 0 0 0 CODED_FRAMES - 0                  | 0 AAC 0 5+2
            AAC layout 5.1       | 94 6d703461 01 06 0000003f      | ex 9 0 0 0 MULTICHANNEL_CONFIG - 0           | 0 AAC 0 5+6
            custom layout, cut   | 94 4f707573 02 ff 000102        | ex 9 0 0 0 MULTICHANNEL_CONFIG - 0           | 0 OPUS 0 5+5
            AAC header, track 1  | 95 00 6d703461 01 118856e500    | ex 9 0 0 0 SEQUENCE_START ONE_TRACK 0        | 1 AAC 0 7+5
            AAC layout, track 1  | 95 04 6d703461 01 01 01 00000004| ex 9 0 0 0 MULTICHANNEL_CONFIG ONE_TRACK 0   | 1 AAC 0 7+6
            AAC, track 1         | 95 01 6d703461 01 2110          | ex 9 0 0 0 CODED_FRAMES ONE_TRACK 0          | 1 AAC 0 7+2
            MP3 header, track 1  | 95 00 2e6d7033 01               | ex 9 0 0 0 SEQUENCE_START ONE_TRACK 0        | 1 MP3 0 7+0
            MP3, track 1         | 95 01 2e6d7033 01 fffb          | ex 9 0 0 0 CODED_FRAMES ONE_TRACK 0          | 1 MP3 0 7+2
            two tracks           | 95 11 6d703461 00 000002 2110 01 000001 21 | ex 9 0 0 0 CODED_FRAMES MANY_TRACKS 0 | 0 AAC 0 10+2; 1 AAC 0 16+1
            two codecs           | 95 21 6d703461 00 000002 2110 4f707573 01 000001 f8 | ex 9 0 0 0 CODED_FRAMES MANY_TRACKS_MANY_CODECS 0 | 0 AAC 0 10+2; 1 OPUS 0 20+1
            one unknown codec    | 95 21 78787878 00 000002 2110 4f707573 01 000001 f8 | ex 9 0 0 0 CODED_FRAMES MANY_TRACKS_MANY_CODECS 0 | 1 OPUS 0 20+1
            nanoseconds          | 97 02 07a120 01 4f707573 f8     | ex 9 0 0 0 CODED_FRAMES - 500000             | 0 OPUS 0 10+1
            nanoseconds, track 1 | 97 02 07a120 05 01 4f707573 01 f8 | ex 9 0 0 0 CODED_FRAMES ONE_TRACK 500000   | 1 OPUS 0 12+1
            """)
    void readsEnhancedHeaders(String name, String wire, String header, String tracks) throws Exception {
        assertParses(wire, header, tracks);
    }

    @Test
    void keepsSixteenTracksWhateverIsUnknownBetween() throws Exception {
        StringBuilder tracks = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            tracks.append(String.format("78787878 %02x 000000 4f707573 %02x 000000", i, i));
        }
        AudioTag tag = AudioTag.parse(TrackedBuffers.bytes("95 22" + tracks));
        assertEquals(16, tag.tracks().size());
        assertEquals(15, tag.tracks().get(15).trackId());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing                  | ''                            | audio header needs 1 bytes, 0 are left
            AAC, 1 byte              | af                            | AACPacketType needs 1 bytes
            AAC packet type          | af 02                         | AACPacketType 2 is not 0 or 1
            reserved format          | cf 00                         | sound format 12 is reserved
            no FourCC                | 91                            | FourCC needs 4 bytes, 0 are left
            packet type 3            | 93 4f707573 00                | audio packet type 3 is not 0, 1, 2 or 4
            packet type 6            | 96 4f707573 00                | audio packet type 6 is not 0, 1, 2 or 4
            packet type 15           | 9f 4f707573 00                | audio packet type 15 is not 0, 1, 2 or 4
            multitrack type 3        | 95 31 4f707573 00             | multitrack type 3 is not 0 to 2
            multitrack in multitrack | 95 05 4f707573 00             | audio packet type 5 is not
            ModEx in multitrack      | 95 07 4f707573 00             | audio packet type 7 is not
            ModEx at the end         | 97 00 aa                      | ModEx type needs 1 bytes
            size past the end        | 95 11 4f707573 00 000002 aa   | track 0 needs 2 bytes, 1 are left
            unknown codec            | 91 4f707574 00                | audio FourCC "Oput" is not known
            video codec              | 91 68766331 00                | audio FourCC "hvc1" is not known
            """)
    void refuses(String name, String wire, String reason) {
        byte[] body = TrackedBuffers.bytes(wire);
        MalformedException e = assertThrows(MalformedException.class, () -> AudioTag.parse(body));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    private static void assertParses(String wire, String header, String tracks) throws MalformedException {
        AudioTag tag = AudioTag.parse(TrackedBuffers.bytes(wire));
        assertEquals(header, TagText.header(tag));
        assertEquals(tracks, TagText.tracks(tag.tracks()));
    }
}
