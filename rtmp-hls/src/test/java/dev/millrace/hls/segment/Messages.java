package dev.millrace.hls.segment;

import dev.millrace.amf.AmfObject;
import dev.millrace.flv.DataMessages;
import dev.millrace.flv.FlvFrames;
import dev.millrace.media.Bytes;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import dev.millrace.media.MediaKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Messages as a publisher sends them, written out by hand. Coded frames carry a number, by which they are known again. */
final class Messages {

    /** 320 x 180, High, level 1.2. */
    static final String SPS = "6764000cacd941419f9f011000000300100000030140f1429960";

    /** The same with level 1.3. */
    static final String OTHER_SPS = "6764000dacd941419f9f011000000300100000030140f1429960";

    static final String PPS = "68ef8fcb";

    static final int MP3_FRAME_BYTES = 417;

    private Messages() {}

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static MediaFrame video(long millis, String hex) {
        return video(millis, hex(hex));
    }

    static MediaFrame video(long millis, byte[] message) {
        try {
            return FlvFrames.video(millis, message);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    static MediaFrame audio(long millis, String hex) {
        try {
            return FlvFrames.audio(millis, hex(hex));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** A message of which only somebody who did not look into it says what it is. */
    static MediaFrame unseen(MediaKind kind, FrameRole role, Codec codec, long millis, String hex) {
        return MediaFrame.takeOver(new FrameInfo(kind, role, codec, 0, false, false), millis, hex(hex));
    }

    static MediaFrame avcHeader(long millis, String sps) {
        return video(millis, "1700000000 01" + sps.substring(2, 8) + "ffe1001a" + sps + "010004" + PPS + "fdf8f800");
    }

    static MediaFrame avcHeader(long millis) {
        return avcHeader(millis, SPS);
    }

    /** 44.1 kHz stereo. */
    static MediaFrame aacHeader(long millis) {
        return audio(millis, "af00 1210");
    }

    /** 48 kHz stereo. */
    static MediaFrame aacHeader48(long millis) {
        return audio(millis, "af00 1190");
    }

    /** The number as bytes that are never part of a start code. */
    static byte[] number(int number) {
        return new byte[] {(byte) (number >> 21 | 0x80), (byte) (number >> 14 | 0x80), (byte) (number >> 7 | 0x80), (byte) (number | 0x80)};
    }

    /** The NAL unit of a coded frame: header, number, and then as many bytes as wanted. */
    static Bytes nalUnit(int header, int number, int extraBytes) {
        byte[] unit = new byte[6 + extraBytes];
        Arrays.fill(unit, (byte) 0x55);
        unit[0] = (byte) header;
        unit[1] = (byte) 0x88;
        System.arraycopy(number(number), 0, unit, 2, 4);
        return Bytes.takeOver(unit);
    }

    static MediaFrame key(long millis, int number) {
        return coded(0x17, millis, 0, nalUnit(0x65, number, 0));
    }

    static MediaFrame inter(long millis, int number) {
        return coded(0x27, millis, 0, nalUnit(0x41, number, 0));
    }

    static MediaFrame coded(int first, long millis, int compositionTimeMillis, Bytes... nalUnits) {
        int size = 5;
        for (Bytes unit : nalUnits) {
            size += 4 + unit.size();
        }
        ByteBuffer message = ByteBuffer.allocate(size);
        message.putInt(first << 24 | 1 << 16 | compositionTimeMillis >> 8 & 0xFFFF).put((byte) compositionTimeMillis);
        for (Bytes unit : nalUnits) {
            message.putInt(unit.size()).put(unit.toByteArray());
        }
        return video(millis, message.array());
    }

    static MediaFrame aac(long millis, int number) {
        return audio(millis, "af01 21" + HexFormat.of().formatHex(number(number)));
    }

    /** AAC of track 0, and beside it in the message a track 1 of that many bytes (Enhanced RTMP, many tracks of one codec). */
    static MediaFrame audioBesideOtherTrack(long millis, int otherBytes) {
        byte[] start = hex("95 11 6d703461 00 000002 2110 01");
        ByteBuffer message = ByteBuffer.allocate(start.length + 3 + otherBytes);
        message.put(start).put((byte) (otherBytes >> 16)).putShort((short) otherBytes);
        try {
            return FlvFrames.audio(millis, message.array());
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    /** A message with frames of MP3: 44.1 kHz, 128 kbit/s, joint stereo, 417 bytes each. */
    static MediaFrame mp3(long millis, int frames) {
        ByteBuffer message = ByteBuffer.allocate(1 + frames * MP3_FRAME_BYTES).put((byte) 0x2F);
        for (int i = 0; i < frames; i++) {
            message.putInt(1 + i * MP3_FRAME_BYTES, 0xFFFB9064);
        }
        try {
            return FlvFrames.audio(millis, message.array());
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    static MediaFrame metadata(AmfObject properties) {
        try {
            return DataMessages.frame(0, DataMessages.metadata(properties));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }
}
