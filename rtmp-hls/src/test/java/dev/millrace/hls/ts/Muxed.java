package dev.millrace.hls.ts;

import dev.millrace.codec.aac.AdtsHeader;
import dev.millrace.codec.aac.AudioSpecificConfig;
import dev.millrace.hls.testkit.TsCheck;
import dev.millrace.hls.testkit.TsReader;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A muxer, the segments that it has filled, and short ways to give it frames. */
final class Muxed {

    static final TsProgram AVC_AAC = new TsProgram(Optional.of(TsCodec.AVC), Optional.of(TsCodec.AAC), false);
    static final TsProgram AVC = new TsProgram(Optional.of(TsCodec.AVC), Optional.empty(), false);
    static final TsProgram AAC = new TsProgram(Optional.empty(), Optional.of(TsCodec.AAC), false);
    static final List<Bytes> SETS = List.of(hex("674201"), hex("68ce"));

    final TsMuxer muxer;
    final List<byte[]> segments = new ArrayList<>();
    SegmentBuffer buffer = new SegmentBuffer();

    private AdtsHeader adts = adts(44_100);

    Muxed(TsOptions options, TsProgram program) {
        muxer = new TsMuxer(options);
        muxer.program(program);
        muxer.beginSegment(buffer);
    }

    Muxed(TsProgram program) {
        this(TsOptions.DEFAULT, program);
    }

    static AdtsHeader adts(int sampleRateHz) {
        try {
            return AdtsHeader.of(AudioSpecificConfig.lc(sampleRateHz, 2), 1);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    static Bytes hex(String hex) {
        return Bytes.takeOver(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    static MediaFrame message(byte[] body) {
        return MediaFrame.copyOf(new FrameInfo(MediaKind.VIDEO, FrameRole.CODED, Codec.AVC, 0, false, false), 0, body);
    }

    static MediaFrame message(Bytes body) {
        return message(body.toByteArray());
    }

    /** NAL units behind lengths of four bytes. */
    static byte[] lengths(List<Bytes> nalUnits) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Bytes unit : nalUnits) {
            for (int shift = 24; shift >= 0; shift -= 8) {
                out.write(unit.size() >> shift);
            }
            out.writeBytes(unit.toByteArray());
        }
        return out.toByteArray();
    }

    static VideoUnit unit(TsCodec codec, List<Bytes> nalUnits) {
        VideoUnit unit = new VideoUnit(codec);
        byte[] body = lengths(nalUnits);
        unit.scan(message(body), 0, body.length, 4);
        return unit;
    }

    static VideoUnit unit(TsCodec codec, String... nalUnits) {
        return unit(codec, List.of(nalUnits).stream().map(Muxed::hex).toList());
    }

    Muxed sampleRate(int hz) {
        adts = adts(hz);
        return this;
    }

    Muxed idr(long dts) {
        return video(dts, dts, "658884");
    }

    Muxed inter(long dts) {
        return video(dts, dts, "419a02");
    }

    Muxed video(long dts, long pts, String... nalUnits) {
        muxer.video(unit(TsCodec.AVC, nalUnits), SETS, dts, pts);
        return this;
    }

    Muxed aac(long pts) {
        return aac(hex("211004"), pts);
    }

    Muxed aac(Bytes raw, long pts) {
        muxer.aac(message(raw), 0, raw.size(), adts, pts);
        return this;
    }

    Muxed audio(Bytes frame, long pts) {
        muxer.audio(message(frame), 0, frame.size(), pts);
        return this;
    }

    /** Ends the segment, and begins one. */
    Muxed cut() {
        end();
        muxer.beginSegment(buffer);
        return this;
    }

    Muxed cut(TsProgram program) {
        end();
        muxer.program(program);
        muxer.beginSegment(buffer);
        return this;
    }

    Muxed end() {
        muxer.endSegment();
        segments.add(TsReader.bytes(buffer.takeChunks()));
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
