package dev.millrace.hls.packager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.StoreState;
import dev.millrace.media.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SavedStateTest {

    private static final String PLAYLISTS = """

            #EXTM3U
            #EXT-X-VERSION:6
            #EXT-X-TARGETDURATION:2
            #EXT-X-MEDIA-SEQUENCE:5
            #EXT-X-DISCONTINUITY-SEQUENCE:0
            %s#EXTINF:2.00000,
            %s

            #EXTM3U
            #EXT-X-STREAM-INF:BANDWIDTH=2,AVERAGE-BANDWIDTH=1
            media.m3u8
            """;

    private static Optional<SavedState> parse(String text) {
        return SavedState.of(new StoreState(Bytes.takeOver(text.getBytes(StandardCharsets.US_ASCII)), Set.of()));
    }

    /** As written by the versions that only had MPEG-TS; the first of them did not know the longest playlist. */
    @Test
    void readsStatesOfEarlierVersions() {
        ObjectName listed = ObjectName.segment("0123456789ab", 7, "ts");
        ObjectName retained = ObjectName.segment("0123456789ab", 6, "ts");
        for (String longest : List.of(" 12000", "")) {
            SavedState state = parse("millrace-hls 1\nkeys 3\nlisted 0123456789ab-7.ts 1000 true -" + longest
                            + "\nretained 0123456789ab-6.ts 2000 key-1\n" + PLAYLISTS.formatted("", "0123456789ab-7.ts"))
                    .orElseThrow();
            assertEquals(
                    List.of(new Listed(
                            listed, Optional.empty(), 1_000, /* independent= */ true, Optional.empty(), longest.isEmpty() ? 0 : 12_000)),
                    state.window().listed());
            assertEquals(List.of(new Retained(retained, Optional.empty(), 2_000, Optional.of("key-1"))), state.window().retained());
            assertEquals(Set.of(listed, retained), state.window().names());
            assertEquals(3, state.keysUsed());
            assertEquals(Map.of("ts", "video/mp2t"), state.mediaTypes());
        }
    }

    @Test
    void readsWhatItWrites() {
        ObjectName initialization = ObjectName.initialization("0123456789ab", 0, "m4s");
        ObjectName listed = ObjectName.segment("0123456789ab", 7, "m4s");
        ObjectName retained = ObjectName.segment("0123456789ab", 6, "m4s");
        SavedState state = parse("millrace-hls 1\nkeys 3\ntype m4s video/mp4\ntype ts video/mp2t\n"
                        + "listed 0123456789ab-7.m4s 1000 false key-1 12000 0123456789ab-init-0.m4s\n"
                        + "retained 0123456789ab-6.m4s 2000 - 0123456789ab-init-0.m4s\n"
                        + PLAYLISTS.formatted("#EXT-X-MAP:URI=\"0123456789ab-init-0.m4s\"\n", "0123456789ab-7.m4s"))
                .orElseThrow();
        assertEquals(Set.of(initialization, listed, retained), state.window().names());
        assertEquals(Map.of("m4s", "video/mp4", "ts", "video/mp2t"), state.mediaTypes());
        StoreState stored = state.toStore(state.window().names());
        assertEquals(Optional.of(state), SavedState.of(stored));
        assertEquals(state.window().names(), stored.retained());
    }

    @Test
    void readsNothingElse() {
        String good = "millrace-hls 1\nlisted 0123456789ab-7.ts 1000 true - 1\n" + PLAYLISTS.formatted("", "0123456789ab-7.ts");
        assertEquals(true, parse(good).isPresent());
        for (String bad : List.of(
                "", good.replace("hls 1", "hls 2"), good.replace("listed", "lasted"), good.replace("7.ts 1000", "7.ts"),
                good.replace("ab-7.ts 1000", "ab-x.ts 1000"), good.replace("- 1\n", "- 1 0123456789ab-init-x.ts\n"),
                good.replace("#EXTINF:2.0", "#EXTINF:x"))) {
            assertEquals(Optional.empty(), parse(bad), bad);
        }
    }
}
