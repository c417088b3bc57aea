package dev.millrace.hls.origin;

import static dev.millrace.hls.origin.TestHost.INDEX;
import static dev.millrace.hls.origin.TestHost.MEDIA;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HlsOriginViewersTest {

    private static final String SEGMENT = "/" + TestHost.PATH + "/0123456789ab-0.ts";
    private static final String OTHER = "/rtmp/live/other/media.m3u8";

    private final TestHost host = host(3);

    private static TestHost host(int maxViewers) {
        TestHost host = new TestHost(TestHost.maxViewers(maxViewers)).with(new TestStream().publish((byte) 1));
        host.streams.put("rtmp/live/other", new TestStream().publish((byte) 1));
        return host;
    }

    private int viewers() {
        return host.origin.viewers(TestHost.PATH);
    }

    private void from(String address, String userAgent) {
        HlsRequest request = new HlsRequest("GET", MEDIA, Optional.empty(), Map.of("user-agent", userAgent), Optional.of(address));
        host.origin.handle(request);
    }

    @Test
    void aSessionIsOneViewerWhateverItAsksFor() {
        for (String path : new String[] {INDEX, MEDIA, SEGMENT, MEDIA, SEGMENT}) {
            host.get(path, "x-playback-session-id", "a");
        }
        assertEquals(1, viewers());
        host.get(MEDIA, "x-playback-session-id", "b");
        assertEquals(2, viewers());
    }

    @Test
    void withoutAnIdAnAddressWithItsUserAgentIsASession() {
        from("192.0.2.1", "one");
        from("192.0.2.1", "one");
        assertEquals(1, viewers());
        from("192.0.2.1", "two");
        from("192.0.2.2", "one");
        assertEquals(3, viewers());
    }

    @Test
    void aViewerCountsForThreeTargetDurations() {
        host.get(MEDIA, "x-playback-session-id", "a");
        host.time.advance(9_000);
        host.get(SEGMENT, "x-playback-session-id", "b");
        host.time.advance(8_999);
        assertEquals(2, viewers());
        host.time.advance(1);
        assertEquals(1, viewers());
        host.get(MEDIA, "x-playback-session-id", "b");
        host.time.advance(17_999);
        assertEquals(1, viewers());
        host.time.advance(1);
        assertEquals(0, viewers());
        assertEquals(0, host.origin.held());
    }

    @Test
    void streamsAreCountedApart() {
        host.get(MEDIA, "x-playback-session-id", "a");
        host.get(OTHER, "x-playback-session-id", "a");
        assertEquals(1, viewers());
        assertEquals(1, host.origin.viewers("rtmp/live/other"));
        assertEquals(0, host.origin.viewers("rtmp/live/unknown"));
    }

    @Test
    void whoGetsNothingIsNoViewer() {
        host.send("HEAD", MEDIA);
        host.send("OPTIONS", MEDIA);
        host.get("/" + TestHost.PATH + "/0123456789ab-9.ts");
        host.get("/rtmp/live/unknown/media.m3u8");
        assertEquals(0, host.origin.held());
    }

    @Test
    void beyondTheBoundTheyAreServedButNotCounted() {
        for (int i = 0; i < 10; i++) {
            assertEquals(200, host.get(MEDIA, "x-playback-session-id", "v" + i).status());
        }
        assertEquals(3, viewers());
        host.time.advance(9_000);
        host.get(MEDIA, "x-playback-session-id", "v0");
        host.time.advance(9_000);
        assertEquals(1, viewers(), "who is counted already stays");
        host.get(MEDIA, "x-playback-session-id", "later");
        assertEquals(2, viewers());
    }

    @Test
    void viewersOfAStreamThatNobodyAsksForAnyMoreMakeRoom() {
        for (int i = 0; i < 3; i++) {
            host.get(OTHER, "x-playback-session-id", "v" + i);
        }
        host.get(MEDIA, "x-playback-session-id", "a");
        assertEquals(0, viewers());
        host.time.advance(18_000);
        host.get(MEDIA, "x-playback-session-id", "a");
        assertEquals(1, viewers());
        assertEquals(1, host.origin.held());
    }

    @Test
    void anIdIsNoAddress() {
        from("192.0.2.1", "one");
        host.get(MEDIA, "x-playback-session-id", Integer.toHexString("one".hashCode()) + "|192.0.2.1");
        assertEquals(2, viewers());
    }

    @Test
    void nobodyIsCountedWithoutRoom() {
        TestHost none = host(0);
        assertEquals(200, none.get(MEDIA).status());
        assertEquals(0, none.origin.held());
    }
}
