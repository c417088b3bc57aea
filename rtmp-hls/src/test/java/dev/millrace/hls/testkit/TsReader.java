package dev.millrace.hls.testkit;

import static dev.millrace.hls.testkit.TsPacket.require;

import dev.millrace.media.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Reads segments one after the other, and shares nothing with the code that writes them. What cannot be read is an {@link AssertionError}
 * that names the invariant; {@link TsCheck} looks at the rest.
 */
public final class TsReader {

    private static final int AAC = 0x0F;

    private final List<TsPacket> packets = new ArrayList<>();
    private final List<TsTable> tables = new ArrayList<>();
    private final List<TsPes> pesPackets = new ArrayList<>();
    private final Map<TsPacket, Long> pcrs = new LinkedHashMap<>();

    // Of the segment.
    private final Map<Integer, TsPacket> openFirst = new TreeMap<>();
    private final Map<Integer, ByteArrayOutputStream> open = new TreeMap<>();

    private OptionalLong lastTicks = OptionalLong.empty();

    private TsReader() {}

    /** Reads and checks all invariants; see {@link TsCheck} where the segments are meant to break some. */
    public static TsReader check(List<byte[]> segments) {
        return new TsCheck().check(segments);
    }

    /** Reads without further checks. */
    public static TsReader read(List<byte[]> segments) {
        TsReader reader = new TsReader();
        for (int segment = 0; segment < segments.size(); segment++) {
            reader.readSegment(segments.get(segment), segment);
        }
        return reader;
    }

    /** The bytes of a segment as the muxer hands it over. */
    public static byte[] bytes(List<ByteBuffer> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ByteBuffer chunk : chunks) {
            byte[] bytes = new byte[chunk.remaining()];
            chunk.duplicate().get(bytes);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private void readSegment(byte[] bytes, int segment) {
        require(bytes.length > 0 && bytes.length % TsPacket.BYTES == 0, "27: segment " + segment + " has " + bytes.length + " bytes");
        List<TsPacket> own = new ArrayList<>();
        for (int i = 0; i < bytes.length / TsPacket.BYTES; i++) {
            own.add(TsPacket.read(bytes, segment, i));
        }
        require(own.size() >= 2, "28: segment " + segment + " has one packet only");
        int mapPid = TsTable.programMapPid(own.get(0));
        TsTable table = TsTable.programMap(own.get(1), mapPid);
        tables.add(table);
        for (TsPacket packet : own.subList(2, own.size())) {
            boolean known = table.streams().stream().anyMatch(stream -> stream.pid() == packet.pid());
            require(known, "37: " + packet + " is not in the program map table");
            packet.pcr().ifPresent(pcr -> pcrs.put(packet, unwrap(pcr)));
            readPes(packet);
        }
        List.copyOf(open.keySet()).forEach(this::finishPes);
        packets.addAll(own);
    }

    private void readPes(TsPacket packet) {
        require(packet.hasPayload() || !packet.unitStart(), "30: " + packet + " begins a PES packet without payload");
        if (packet.unitStart()) {
            finishPes(packet.pid());
            openFirst.put(packet.pid(), packet);
            open.put(packet.pid(), new ByteArrayOutputStream());
        }
        if (packet.hasPayload()) {
            require(open.containsKey(packet.pid()), "30: " + packet + " goes on with a PES packet of another segment");
            open.get(packet.pid()).writeBytes(packet.payload());
        }
    }

    private void finishPes(int pid) {
        TsPacket first = openFirst.remove(pid);
        if (first != null) {
            TsPes pes = TsPes.read(first, open.remove(pid).toByteArray());
            long dts = unwrap(pes.dts());
            pesPackets.add(pes.at(dts + (pes.pts() - pes.dts() & 0x1_FFFF_FFFFL), dts));
        }
    }

    /** The time nearest to the last one. */
    private long unwrap(long ticks) {
        long last = lastTicks.orElse(ticks);
        long difference = (ticks - last) << 31 >> 31; // 33 bits with sign
        lastTicks = OptionalLong.of(last + difference);
        return last + difference;
    }

    public List<TsPacket> packets() {
        return packets;
    }

    /** The program map tables, one a segment. */
    public List<TsTable> tables() {
        return tables;
    }

    /** All PES packets, in the order of their ends. Times are unwrapped. */
    public List<TsPes> pesPackets() {
        return pesPackets;
    }

    /** The PCRs, unwrapped, with the packets that have them. */
    public Map<TsPacket, Long> pcrs() {
        return pcrs;
    }

    /** PES packets of one PID. */
    public List<TsPes> pesPackets(int pid) {
        return pesPackets.stream().filter(pes -> pes.pid() == pid).toList();
    }

    /** The access units of video: all that has a stream id of video. */
    public List<TsPes> video() {
        return pesPackets.stream().filter(pes -> pes.streamId() >> 4 == 0xE).toList();
    }

    /** PES packets of AAC, of all segments whose table has it. */
    public List<TsPes> aac() {
        return pesPackets.stream().filter(this::isAac).toList();
    }

    /** The frames of AAC without their headers. */
    public List<Bytes> aacFrames() {
        return aac().stream().flatMap(pes -> pes.adtsFrames().stream()).map(TsPes.AdtsFrame::raw).toList();
    }

    private boolean isAac(TsPes pes) {
        return tables.get(pes.segment()).pidOf(AAC).equals(OptionalInt.of(pes.pid()));
    }
}
