package dev.millrace.recording;

import dev.millrace.amf.Amf0Reader;
import dev.millrace.amf.AmfEcmaArray;
import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfStrictArray;
import dev.millrace.amf.AmfString;
import dev.millrace.amf.AmfValue;
import dev.millrace.flv.DataMessages;
import dev.millrace.media.MalformedException;
import dev.millrace.media.MediaFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metadata at the start of a file: that of the publisher, with duration, size and keyframe index. It always has the
 * same length, so that it can be overwritten once these are known; a spacer fills the rest.
 */
final class FileMetadata {

    private static final int NUMBER_BYTES = 9;

    /** Names and ends of the index, name and marker of the spacer, and a reserve. */
    private static final int FIXED_BYTES = 256;

    /** Marker and length of a text. */
    private static final int SPACER_OVERHEAD_BYTES = 3;

    private static final int SPACER_BYTES = 500;

    private final Map<String, AmfValue> published;
    private final int bodyBytes;

    FileMetadata(Optional<MediaFrame> metadata, int maxIndexedKeyframes) {
        published = metadata.map(FileMetadata::properties).orElse(Map.of());
        int withoutIndex = DataMessages.metadata(AmfEcmaArray.of(published)).length;
        bodyBytes = withoutIndex + 2 * NUMBER_BYTES * maxIndexedKeyframes + FIXED_BYTES;
    }

    private static Map<String, AmfValue> properties(MediaFrame metadata) {
        try {
            List<AmfValue> values = Amf0Reader.readAll(metadata.asByteBuf(), AmfLimits.DEFAULT);
            return values.size() > 1 && values.get(1) instanceof AmfProperties object ? object.properties() : Map.of();
        } catch (MalformedException e) {
            return Map.of(); // received metadata has been checked; a host may have created the frame itself
        }
    }

    /** The body of the script tag. */
    byte[] body(double durationSeconds, long fileBytes, KeyframeIndex index) {
        Map<String, AmfValue> properties = new LinkedHashMap<>(published);
        properties.put("duration", new AmfNumber(durationSeconds));
        properties.put("filesize", new AmfNumber(fileBytes));
        properties.remove("fileSize");
        properties.put("keyframes", index.toObject());
        properties.put("spacer", new AmfStrictArray(List.of()));
        int missing = bodyBytes - DataMessages.metadata(AmfEcmaArray.of(properties)).length;
        properties.put("spacer", spacer(missing));
        return DataMessages.metadata(AmfEcmaArray.of(properties));
    }

    /**
     * Returns an array that is longer than an empty one by a number of bytes. Its texts are short, since players refuse
     * metadata with long texts, and have no names, since players display those.
     */
    private static AmfStrictArray spacer(int bytes) {
        int texts = (bytes + SPACER_BYTES - 1) / SPACER_BYTES;
        int left = bytes - texts * SPACER_OVERHEAD_BYTES;
        List<AmfString> array = new ArrayList<>(texts);
        for (int i = 0; i < texts; i++) {
            int length = Math.min(left, SPACER_BYTES - SPACER_OVERHEAD_BYTES);
            array.add(new AmfString(" ".repeat(length)));
            left -= length;
        }
        return new AmfStrictArray(array);
    }
}
