package dev.millrace.hls.ts;

import dev.millrace.hls.segment.SegmentMuxer;
import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import dev.millrace.sample.Demuxer;
import dev.millrace.sample.Sample;
import dev.millrace.sample.SampleSubscriber;
import dev.millrace.sample.TrackFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A muxer, the segments that it has filled, and short ways to give it samples, which come out of a demuxer. */
final class Muxed {

    static final TsProgram AVC_AAC = new TsProgram(Optional.of(TsCodec.AVC), Optional.of(TsCodec.AAC), false);
    static final TsProgram AVC = new TsProgram(Optional.of(TsCodec.AVC), Optional.empty(), false);
    static final TsProgram AAC = new TsProgram(Optional.empty(), Optional.of(TsCodec.AAC), false);
    static final List<Bytes> SETS = List.of(hex("674201"), hex("68ce"));

    private static final Map<TsCodec, String> HEADERS = Map.of(
            TsCodec.AVC, "1700000000 0142001e ff e1 0003 674201 01 0002 68ce",
            TsCodec.HEVC, "1c01000000 00000003 4001aa 00000003 4201bb 00000003 4401cc 00000003 260155",
            TsCodec.MP3, "2f fffb9064",
            TsCodec.MP3_LOW_RATE, "2f fff38464",
            TsCodec.AC3, "91 61632d33 0b77aabb 55555555");

    final TsMuxer muxer;
    final List<byte[]> segments = new ArrayList<>();

    private final Map<Codec, TrackFormat> known = new EnumMap<>(Codec.class);
    private final List<Sample> demuxed = new ArrayList<>();
    private final Demuxer demuxer;
    private TsProgram program;
    private int sampleRateHz = 44_100;
    private boolean open;

    Muxed(TsOptions options, TsProgram program) {
        this(new TsMuxer(options, program.timedId3(), new SegmentBuffer()), program);
    }

    Muxed(TsProgram program) {
        this(TsOptions.DEFAULT, program);
    }

    Muxed(TsMuxer muxer, TsProgram program) {
        this.muxer = muxer;
        this.program = program;
        demuxer = new Demuxer(new SampleSubscriber() {
            @Override
            public void onFormat(TrackFormat format) {
                known.put(format.codec(), format);
            }

            @Override
            public void onSample(Sample sample) {
                demuxed.add(sample);
            }
        });
    }

    static Bytes hex(String hex) {
        return Bytes.takeOver(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    /** What a message gives: a sample, or nothing if it is a header or broken. */
    Optional<Sample> demux(MediaKind kind, byte[] message) {
        boolean header = message.length > 1 && message[1] == 0 && (message[0] == 0x17 || message[0] == (byte) 0xAF);
        FrameRole role = header ? FrameRole.SEQUENCE_HEADER : FrameRole.CODED;
        Codec unseen = kind == MediaKind.VIDEO ? Codec.AVC : Codec.AAC;
        demuxed.clear();
        demuxer.onFrame(MediaFrame.takeOver(new FrameInfo(kind, role, unseen, 0, false, false), 0, message));
        return demuxed.stream().findFirst();
    }

    /** A sample with that payload, of a codec that nothing looks into. */
    static Sample sample(byte[] payload) {
        Muxed muxed = new Muxed(AAC);
        return muxed.demux(MediaKind.AUDIO, message("b2", Bytes.copyOf(payload))).orElseThrow();
    }

    private static byte[] message(String header, Bytes body) {
        ByteBuf out = Unpooled.buffer();
        hex(header).writeTo(out);
        body.writeTo(out);
        return ByteBufUtil.getBytes(out);
    }

    /** NAL units behind lengths of four bytes. */
    private static Bytes lengths(List<Bytes> nalUnits) {
        ByteBuf out = Unpooled.buffer();
        for (Bytes unit : nalUnits) {
            out.writeInt(unit.size());
            unit.writeTo(out);
        }
        return Bytes.copyOf(out);
    }

    /** An access unit that is labelled as none where decoding can start; what is coded decides. */
    Sample access(TsCodec codec, List<Bytes> nalUnits) {
        return access(codec, lengths(nalUnits)).orElseThrow();
    }

    Optional<Sample> access(TsCodec codec, Bytes body) {
        format(codec);
        return demux(MediaKind.VIDEO, message(codec == TsCodec.AVC ? "2701000000" : "2c01000000", body));
    }

    Optional<Sample> frame(TsCodec codec, Bytes body) {
        format(codec);
        String header = codec == TsCodec.AAC ? "af01" : codec == TsCodec.AC3 ? "91 61632d33" : "2f";
        return demux(MediaKind.AUDIO, message(header, body));
    }

    TrackFormat format(TsCodec codec) {
        if (codec == TsCodec.AAC && !known.containsKey(Codec.AAC)) {
            demux(MediaKind.AUDIO, message("af00", audioSpecificConfig()));
        } else if (!known.containsKey(codec.codec())) {
            demux(codec.isVideo() ? MediaKind.VIDEO : MediaKind.AUDIO, hex(HEADERS.get(codec)).toByteArray());
        }
        return known.get(codec.codec());
    }

    /** What a sequence header of AAC says. */
    TrackFormat aacFormat(String header) {
        demux(MediaKind.AUDIO, hex(header).toByteArray());
        return known.get(Codec.AAC);
    }

    private Bytes audioSpecificConfig() {
        int index = List.of(96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000).indexOf(sampleRateHz);
        return Bytes.copyOf((byte) (2 << 3 | index >> 1), (byte) (index << 7 | 2 << 3));
    }

    List<TrackFormat> formats() {
        return Stream.concat(program.video().stream(), program.audio().stream()).map(this::format).toList();
    }

    /** Before anything else. */
    Muxed sampleRate(int hz) {
        sampleRateHz = hz;
        return this;
    }

    /** Begins a segment if none is under construction. */
    Muxed begin() {
        if (!open) {
            muxer.begin(formats());
            open = true;
        }
        return this;
    }

    Muxed write(Sample sample, long dts, long pts) {
        begin();
        muxer.sample(sample, dts, pts, SegmentMuxer.TICKS_PER_SECOND);
        return this;
    }

    Muxed idr(long dts) {
        return video(dts, dts, "658884");
    }

    Muxed inter(long dts) {
        return video(dts, dts, "419a02");
    }

    Muxed video(long dts, long pts, String... nalUnits) {
        return video(TsCodec.AVC, dts, pts, Stream.of(nalUnits).map(Muxed::hex).toList());
    }

    Muxed video(TsCodec codec, long dts, long pts, List<Bytes> nalUnits) {
        begin();
        return write(access(codec, nalUnits), dts, pts);
    }

    Muxed aac(long pts) {
        return aac(hex("211004"), pts);
    }

    Muxed aac(Bytes raw, long pts) {
        begin();
        return write(frame(TsCodec.AAC, raw).orElseThrow(), pts, pts);
    }

    /** Of the program's codec; MP3 if it has none but AAC. */
    Muxed audio(Bytes frame, long pts) {
        begin();
        return write(frame(program.audio().filter(codec -> codec != TsCodec.AAC).orElse(TsCodec.MP3), frame).orElseThrow(), pts, pts);
    }

    Muxed id3(Bytes tag, long pts) {
        begin();
        muxer.timedMetadata(tag, pts);
        return this;
    }

    /** Ends the segment; the next sample begins one. */
    Muxed cut() {
        return end();
    }

    Muxed cut(TsProgram next) {
        end();
        program = next;
        return this;
    }

    Muxed end() {
        begin();
        segments.add(TsReader.bytes(muxer.end()));
        open = false;
        return this;
    }

    /** Ends the last segment, and reads them all. */
    TsReader checked() {
        return end().checkedBy(new TsCheck());
    }

    TsReader checkedBy(TsCheck check) {
        return check.check(segments);
    }
}
