package dev.millrace.liveserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.flv.DataMessages;
import dev.millrace.flv.FlvFrames;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FlvTimelineTest {

    private final FlvTimeline timeline = new FlvTimeline();

    private int at(long millis) throws MalformedException {
        return timeline.millis(FlvFrames.audio(millis, HexFormat.of().parseHex("af012110")));
    }

    @Test
    void timesBeginAtZero() throws Exception {
        assertEquals(0, at(5_000_000_000L));
        assertEquals(40, at(5_000_000_040L));
        assertEquals(20, at(5_000_000_020L), "order within the last seconds is kept");
    }

    @Test
    void whatIsALittleOlderThanTheFirstFrameComesWithIt() throws Exception {
        at(1_000);
        assertEquals(0, at(977));
        assertEquals(23, at(1_023));
    }

    @Test
    void timeGoesOnWhereTheClockJumps() throws Exception {
        at(1_000);
        assertEquals(60_000, at(61_000), "a pause is none");
        assertEquals(60_000, at(7_000_000));
        assertEquals(60_040, at(7_000_040));
        assertEquals(60_040, at(0));
        assertEquals(60_080, at(40));
    }

    @Test
    void dataHaveTheTimeOfWhatIsAroundThem() throws Exception {
        MediaFrame data = DataMessages.frame(0, HexFormat.of().parseHex("0200046e616d6505"));
        assertEquals(0, timeline.millis(data));
        at(1_000);
        at(1_500);
        assertEquals(500, timeline.millis(data));
        assertEquals(540, at(1_540));
    }
}
