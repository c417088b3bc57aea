package dev.millrace.hls.testkit;

import static dev.millrace.hls.testkit.TsPacket.require;

import dev.millrace.media.Bytes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Checks invariants 27 to 35, 37 and 39 of INVARIANTS.md. Exceptions are allowed by its other methods, before the check. */
public final class TsCheck {

    private static final long MAX_PCR_INTERVAL_TICKS = 9_000;

    private final Set<Integer> discontinuities = new TreeSet<>();
    private final Set<Integer> forcedCuts = new TreeSet<>();
    private boolean audioGaps;
    private boolean lateVideo;
    private boolean openGroups;

    /** Expects one timeline without surprises. */
    public TsCheck() {}

    /** Before this segment (counted from 0), the playlist has a DISCONTINUITY: tracks may change there, and times may jump forward. */
    public TsCheck discontinuityBefore(int segment) {
        discontinuities.add(segment);
        return this;
    }

    /** This segment may begin without a random access point. */
    public TsCheck forcedCutBefore(int segment) {
        forcedCuts.add(segment);
        return this;
    }

    /** Audio frames are missing, or their times were set anew: their times rise, and that is all. */
    public TsCheck audioGaps() {
        audioGaps = true;
        return this;
    }

    /** Video comes so late behind audio that its own times are behind the PCR. */
    public TsCheck lateVideo() {
        lateVideo = true;
        return this;
    }

    /** H.264 can also start at a recovery point with no pictures to wait for. */
    public TsCheck openGroups() {
        openGroups = true;
        return this;
    }

    /** Reads the segments, and throws an AssertionError that begins with the number of the invariant that does not hold. */
    public TsReader check(List<byte[]> segments) {
        TsReader reader = TsReader.read(segments);
        checkTables(reader.tables());
        checkContinuity(reader.packets());
        checkEveryStreamIsThere(reader);
        checkPcr(reader);
        reader.pesPackets().forEach(pes -> checkPes(pes, reader.tables().get(pes.segment())));
        checkTimes(reader);
        checkStarts(reader);
        checkAac(reader.aac());
        return reader;
    }

    private void checkTables(List<TsTable> tables) {
        for (int i = 1; i < tables.size(); i++) {
            TsTable before = tables.get(i - 1);
            TsTable table = tables.get(i);
            boolean same = before.hasSameContent(table);
            require(same || discontinuities.contains(i), "28: tracks change at segment " + i + " without discontinuity");
            int version = same ? before.version() : before.version() + 1 & 31;
            require(table.version() == version, "28: version " + table.version() + " of the table of segment " + i + ", wanted " + version);
        }
    }

    /** The continuity counters alone: invariant 29. */
    public static void checkContinuity(List<TsPacket> packets) {
        Map<Integer, Integer> last = new HashMap<>();
        for (TsPacket packet : packets) {
            int counter = packet.continuityCounter();
            int before = last.getOrDefault(packet.pid(), packet.hasPayload() ? counter - 1 : counter);
            int wanted = packet.hasPayload() ? before + 1 & 15 : before;
            require(counter == wanted, "29: continuity counter " + counter + " of " + packet + ", wanted " + wanted);
            last.put(packet.pid(), counter);
        }
    }

    private void checkEveryStreamIsThere(TsReader reader) {
        Set<Integer> missing = new HashSet<>();
        for (int i = 0; i < reader.tables().size(); i++) {
            if (i == 0 || discontinuities.contains(i)) {
                require(missing.isEmpty(), "37: nothing on PIDs " + missing + " in the timeline before segment " + i);
                reader.tables().get(i).streams().stream()
                        .filter(stream -> !stream.isTimedId3())
                        .forEach(stream -> missing.add(stream.pid()));
            }
            int segment = i;
            reader.pesPackets().stream().filter(pes -> pes.segment() == segment).forEach(pes -> missing.remove(pes.pid()));
        }
        require(missing.isEmpty(), "37: nothing on PIDs " + missing + " in the last timeline");
    }

    private void checkPcr(TsReader reader) {
        long last = Long.MIN_VALUE;
        int lastSegment = 0;
        Map<TsPacket, Long> dts = new HashMap<>();
        reader.pesPackets().forEach(pes -> dts.put(pes.first(), pes.dts()));
        for (TsPacket packet : reader.packets()) {
            boolean onPcrPid = packet.pid() == reader.tables().get(packet.segment()).pcrPid();
            require(packet.pcr().isEmpty() || onPcrPid, "34: PCR in " + packet);
            if (packet.pcr().isPresent()) {
                long pcr = reader.pcrs().get(packet);
                boolean first = last == Long.MIN_VALUE;
                boolean newTimeline = discontinuities.stream().anyMatch(between(lastSegment, packet.segment()));
                String text = "34: PCR " + pcr + " of " + packet + " behind " + last;
                require(first || packet.discontinuity() || pcr > last, text);
                require(first || newTimeline || pcr - last <= MAX_PCR_INTERVAL_TICKS, text);
                last = pcr;
                lastSegment = packet.segment();
            }
            if (onPcrPid && packet.unitStart()) {
                long own = dts.get(packet);
                require(lateVideo || last < own, "34: PCR " + last + " does not come before DTS " + own + " of " + packet);
            }
        }
    }

    private static Predicate<Integer> between(int last, int segment) {
        return discontinuity -> discontinuity > last && discontinuity <= segment;
    }

    private void checkPes(TsPes pes, TsTable table) {
        TsTable.Stream stream = table.streams().stream().filter(other -> other.pid() == pes.pid()).findFirst().orElseThrow();
        require(pes.aligned(), "30: no data_alignment_indicator in " + pes);
        require(stream.isVideo() || pes.lengthField() > 0, "30: no length in " + pes);
        require(stream.isVideo() || !pes.hasDts(), "33: a DTS in " + pes);
        if (stream.isVideo()) {
            checkAccessUnit(pes, stream.streamType() == 0x1B);
            return;
        }
        boolean leads = table.pcrPid() == pes.pid();
        require(pes.randomAccess() == leads, "39: random_access_indicator " + pes.randomAccess() + " of " + pes);
    }

    private void checkAccessUnit(TsPes pes, boolean avc) {
        List<Integer> types = pes.nalUnits().stream().map(unit -> type(unit, avc)).toList();
        int delimiter = avc ? 9 : 35;
        require(types.get(0) == delimiter, "32: no access unit delimiter in front of " + pes);
        require(types.lastIndexOf(delimiter) == 0, "32: several access unit delimiters in " + pes);
        require(types.stream().anyMatch(type -> isSlice(type, avc)), "32: no slice in " + pes);
        require(!types.contains(avc ? 12 : 38), "36: filler data in " + pes);
        boolean randomAccess = isRandomAccess(pes, avc);
        require(pes.randomAccess() == randomAccess, "39: random_access_indicator " + pes.randomAccess() + " of " + pes);
        if (randomAccess) {
            List<Integer> ahead = types.stream().takeWhile(type -> !isSlice(type, avc)).toList();
            require(ahead.containsAll(avc ? List.of(7, 8) : List.of(32, 33, 34)), "32: no parameter sets in " + pes);
        }
    }

    private static int type(Bytes unit, boolean avc) {
        return avc ? unit.byteAt(0) & 0x1F : unit.byteAt(0) >> 1 & 0x3F;
    }

    private static boolean isSlice(int type, boolean avc) {
        return avc ? type >= 1 && type <= 5 : type < 32;
    }

    private boolean isRandomAccess(TsPes pes, boolean avc) {
        if (avc && openGroups && pes.nalUnits().stream().anyMatch(TsCheck::isRecoveryPoint)) {
            return true;
        }
        return pes.nalUnits().stream().map(unit -> type(unit, avc)).anyMatch(type -> avc ? type == 5 : type >= 16 && type <= 21);
    }

    /** A SEI message of type 6 and one byte, with recovery_frame_cnt 0 (ITU-T H.264, D.1.8). */
    private static boolean isRecoveryPoint(Bytes unit) {
        return unit.size() > 3 && unit.slice(0, 3).toString().equals("060601") && unit.byteAt(3) < 0;
    }

    private static void checkTimes(TsReader reader) {
        Map<Integer, Long> last = new HashMap<>();
        for (TsPes pes : reader.pesPackets()) {
            require(pes.pts() - pes.dts() < 1L << 32, "33: PTS before DTS in " + pes);
            boolean together = reader.tables().get(pes.segment()).pidOf(0x15).equals(OptionalInt.of(pes.pid())); // two tags at one time
            boolean rises = pes.dts() > last.getOrDefault(pes.pid(), Long.MIN_VALUE + 1) - (together ? 1 : 0);
            require(rises, "33: DTS " + pes.dts() + " behind " + last.get(pes.pid()) + " in " + pes);
            last.put(pes.pid(), pes.dts());
        }
    }

    private void checkStarts(TsReader reader) {
        for (int i = 0; i < reader.tables().size(); i++) {
            int segment = i;
            boolean avc = reader.tables().get(i).pidOf(0x1B).isPresent();
            reader.video().stream().filter(pes -> pes.segment() == segment && !forcedCuts.contains(segment)).findFirst()
                    .map(pes -> isRandomAccess(pes, avc))
                    .ifPresent(good -> require(good, "31: segment " + segment + " begins without a random access point"));
        }
    }

    private void checkAac(List<TsPes> pesPackets) {
        for (int i = 0; i < pesPackets.size(); i++) {
            TsPes pes = pesPackets.get(i);
            List<TsPes.AdtsFrame> frames = pes.adtsFrames();
            boolean last = i + 1 == pesPackets.size();
            if (!last && !audioGaps && discontinuities.stream().noneMatch(between(pes.segment(), pesPackets.get(i + 1).segment()))) {
                long step = pesPackets.get(i + 1).pts() - pes.pts();
                double wanted = frames.size() * 1024.0 * 90_000 / frames.get(0).sampleRateHz();
                require(Math.abs(step - wanted) <= 1, "35: step of " + step + " behind " + pes + ", wanted " + wanted);
            }
        }
    }
}
