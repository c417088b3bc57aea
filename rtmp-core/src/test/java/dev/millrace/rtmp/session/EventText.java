package dev.millrace.rtmp.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.amf.Amf0Reader;
import dev.millrace.amf.AmfBoolean;
import dev.millrace.amf.AmfConstant;
import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfStrictArray;
import dev.millrace.amf.AmfString;
import dev.millrace.amf.AmfValue;
import dev.millrace.flv.AudioPacketType;
import dev.millrace.flv.AudioTag;
import dev.millrace.flv.FlvFrames;
import dev.millrace.flv.MultitrackType;
import dev.millrace.flv.TagTrack;
import dev.millrace.flv.VideoPacketType;
import dev.millrace.flv.VideoTag;
import dev.millrace.media.Codec;
import dev.millrace.media.FrameInfo;
import dev.millrace.media.FrameRole;
import dev.millrace.media.MalformedException;
import dev.millrace.rtmp.chunk.ChunkMessage;
import dev.millrace.rtmp.message.Command;
import dev.millrace.rtmp.message.RtmpMessage;
import dev.millrace.rtmp.message.SetChunkSize;
import dev.millrace.rtmp.message.UserControl;
import dev.millrace.rtmp.message.WindowAcknowledgementSize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/** What a message says as one line of JSON, in the words of {@code decode.py}: the independent decoder that wrote the events of the captures. */
final class EventText {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> FRAME_TYPES = List.of("Reserved", "Key", "Inter", "DisposableInter", "GeneratedKey", "Command");

    private EventText() {}

    static String of(int index, ChunkMessage message) {
        byte[] payload = message.payload();
        ObjectNode event = JSON.objectNode()
                .put("i", index)
                .put("type", message.typeId())
                .put("csid", message.chunkStreamId())
                .put("msid", message.messageStreamId())
                .put("ts", Integer.toUnsignedLong(message.timestampMillis()))
                .put("len", payload.length)
                .put("crc32", crc32(payload, 0, payload.length));
        try {
            switch (message.typeId()) {
                case 8 -> event.set("audio", audio(payload));
                case 9 -> event.set("video", video(payload));
                case 18 -> event.set("data", values(Amf0Reader.readAll(Unpooled.wrappedBuffer(payload), AmfLimits.DEFAULT)));
                case 20 -> event.set("command", command((Command) RtmpMessage.parse(message, AmfLimits.DEFAULT)));
                default -> event.set("control", control(RtmpMessage.parse(message, AmfLimits.DEFAULT)));
            }
        } catch (MalformedException e) {
            event.put("malformed", e.getMessage());
        }
        return event.toString();
    }

    static ArrayNode command(Command command) {
        return JSON.arrayNode().add(command.name()).add(number(command.transactionId())).addAll(values(command.arguments()));
    }

    private static ObjectNode control(RtmpMessage message) {
        ObjectNode fields = JSON.objectNode();
        if (message instanceof SetChunkSize size) {
            return fields.put("chunkSize", size.chunkBytes());
        }
        if (message instanceof WindowAcknowledgementSize size) {
            return fields.put("windowSize", Integer.toUnsignedLong(size.windowBytes()));
        }
        if (message instanceof UserControl.SetBufferLength buffer) {
            return fields.put("event", 3).put("msid", buffer.messageStreamId()).put("bufferMs", buffer.bufferMillis());
        }
        return fields.put("unexpected", message.toString());
    }

    private static ObjectNode video(byte[] message) throws MalformedException {
        VideoTag tag = VideoTag.parse(message);
        FrameInfo info = FlvFrames.video(0, message).info();
        ObjectNode video = header(tag.enhanced())
                .put("frameType", FRAME_TYPES.get(tag.frameType()))
                .put("packetType", name(tag.packetType()))
                .put("keyframe", info.keyframe());
        putMultitrack(video, tag.multitrack());
        ArrayNode tracks = video.put("sequenceHeader", info.role() == FrameRole.SEQUENCE_HEADER).putArray("tracks");
        for (TagTrack track : tag.tracks()) {
            ObjectNode entry = track(tag.enhanced(), track);
            tracks.add(entry);
            if (tag.packetType() == VideoPacketType.METADATA) {
                ByteBuf body = Unpooled.wrappedBuffer(message, track.bodyOffset(), track.bodyLength());
                entry.set("metadata", values(Amf0Reader.readAll(body, AmfLimits.DEFAULT)));
                putPayload(entry, message, track, track.bodyLength());
                continue;
            }
            boolean composed = track.codec() == Codec.AVC || track.codec() == Codec.HEVC || track.codec() == Codec.VVC;
            if (tag.packetType() == VideoPacketType.CODED_FRAMES && composed || tag.packetType() == VideoPacketType.CODED_FRAMES_X) {
                entry.put("compositionTime", track.compositionTimeMillis());
            }
            putPayload(entry, message, track, 0);
        }
        return video;
    }

    private static ObjectNode audio(byte[] message) throws MalformedException {
        AudioTag tag = AudioTag.parse(message);
        FrameInfo info = FlvFrames.audio(0, message).info();
        ObjectNode audio = header(tag.enhanced());
        if (!tag.enhanced()) {
            audio.put("soundRate", tag.soundRate()).put("soundSize", tag.soundSize()).put("soundType", tag.soundType());
        }
        putMultitrack(audio, tag.multitrack());
        audio.put("packetType", name(tag.packetType())).put("sequenceHeader", info.role() == FrameRole.SEQUENCE_HEADER);
        ArrayNode tracks = audio.putArray("tracks");
        for (TagTrack track : tag.tracks()) {
            ObjectNode entry = track(tag.enhanced(), track);
            tracks.add(entry);
            boolean configuration = tag.packetType() == AudioPacketType.MULTICHANNEL_CONFIG;
            putPayload(entry, message, track, configuration ? putMultichannelConfig(entry, message, track) : 0);
        }
        return audio;
    }

    /** The configuration of the native order: all that the captures have. */
    private static int putMultichannelConfig(ObjectNode entry, byte[] message, TagTrack track) {
        ByteBuf body = Unpooled.wrappedBuffer(message, track.bodyOffset(), track.bodyLength());
        entry.putObject("multichannelConfig")
                .put("channelOrder", body.readUnsignedByte())
                .put("channelCount", body.readUnsignedByte())
                .put("channelMask", body.readUnsignedInt());
        return body.readerIndex();
    }

    private static ObjectNode header(boolean enhanced) {
        return JSON.objectNode().put("header", enhanced ? "enhanced" : "legacy");
    }

    private static void putMultitrack(ObjectNode node, Optional<MultitrackType> multitrack) {
        multitrack.ifPresent(type -> node.put("multitrack", name(type)));
    }

    private static ObjectNode track(boolean enhanced, TagTrack track) {
        String codec = enhanced ? track.codec().fourCc().orElseThrow() : track.codec().name();
        return JSON.objectNode().put("trackId", track.trackId()).put("codec", codec);
    }

    private static void putPayload(ObjectNode entry, byte[] message, TagTrack track, int understood) {
        int length = track.bodyLength() - understood;
        entry.put("payloadLen", length).put("payloadCrc32", crc32(message, track.bodyOffset() + understood, length));
    }

    /** SEQUENCE_START becomes SequenceStart. */
    private static String name(Enum<?> constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    static ArrayNode values(List<AmfValue> values) {
        ArrayNode array = JSON.arrayNode();
        values.forEach(value -> array.add(value(value)));
        return array;
    }

    private static JsonNode value(AmfValue value) {
        if (value instanceof AmfNumber number) {
            return number(number.value());
        } else if (value instanceof AmfBoolean flag) {
            return JSON.booleanNode(flag.value());
        } else if (value instanceof AmfString text) {
            return JSON.textNode(text.value());
        } else if (value instanceof AmfStrictArray array) {
            return values(array.values());
        } else if (value instanceof AmfProperties properties) {
            ObjectNode object = JSON.objectNode();
            properties.properties().forEach((name, property) -> object.set(name, value(property)));
            return object;
        } else if (value == AmfConstant.NULL || value == AmfConstant.UNDEFINED) {
            return JSON.nullNode();
        }
        return JSON.textNode(value.toString());
    }

    private static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? JSON.numberNode((long) value) : JSON.numberNode(value);
    }

    private static String crc32(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return String.format("%08x", crc.getValue());
    }
}
