package dev.millrace.liveserver.http;

import dev.millrace.liveserver.snapshot.UnsupportedCodecException;
import dev.millrace.media.Codec;
import dev.millrace.rtmp.stream.LiveStream;
import dev.millrace.track.Keyframe;
import dev.millrace.track.StreamTracks;
import dev.millrace.track.VideoTrack;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.CRC32C;
import org.eclipse.jetty.http.HttpHeader;

/** Serves the newest keyframe of a stream, as JPEG or as the encoder sent it. Thread-safe. */
final class StreamPictures {

    static final int MIN_WIDTH = 16;
    static final int MAX_WIDTH = 3_840;

    /** Media types of the access units that are held of each codec. */
    private static final Map<Codec, String> MEDIA_TYPES =
            Map.of(Codec.AVC, "video/h264", Codec.HEVC, "video/h265", Codec.AV1, "application/octet-stream");

    private static final long DECODE_SECONDS = 20;

    private final LiveStreams streams;
    private final SnapshotSource source;

    StreamPictures(LiveStreams streams, SnapshotSource source) {
        this.streams = streams;
        this.source = source;
    }

    /** Answers GET or HEAD. */
    void answer(Call call, LiveStream stream) throws BadRequestException {
        String format = Query.value(call, "format").orElse("jpeg");
        if (!format.equals("jpeg") && !format.equals("annexb")) {
            throw new BadRequestException("format is not jpeg or annexb");
        }
        OptionalInt width = width(call);
        Optional<Keyframe> keyframe = streams.keyframeOf(stream);
        if (keyframe.isEmpty()) {
            nothing(call, streams.tracksOf(stream));
        } else if (format.equals("annexb")) {
            accessUnit(call, keyframe.get());
        } else {
            jpeg(call, keyframe.get(), width);
        }
    }

    private static OptionalInt width(Call call) throws BadRequestException {
        Optional<String> text = Query.value(call, "width");
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        boolean number = text.get().matches("[0-9]{1,5}");
        int width = number ? Integer.parseInt(text.get()) : 0;
        if (width < MIN_WIDTH || width > MAX_WIDTH) {
            throw new BadRequestException("width is not " + MIN_WIDTH + " to " + MAX_WIDTH);
        }
        return OptionalInt.of(width);
    }

    private static void nothing(Call call, StreamTracks tracks) {
        Optional<Codec> codec = tracks.video().map(VideoTrack::codec);
        if (codec.isPresent() && !MEDIA_TYPES.containsKey(codec.get())) {
            JsonAnswers.error(call, 501, "no pictures of " + codec.get().codecName() + " video");
        } else if (codec.isEmpty() && tracks.audio().isPresent()) {
            JsonAnswers.error(call, 404, "the stream has no video");
        } else {
            JsonAnswers.error(call, 404, "no keyframe yet");
        }
    }

    private static void accessUnit(Call call, Keyframe keyframe) {
        if (isKnown(call, etag(keyframe, "annexb"))) {
            return;
        }
        call.set("X-Codec", keyframe.codec().codecName());
        call.send(200, MEDIA_TYPES.get(keyframe.codec()), keyframe.accessUnit().toByteArray());
    }

    private void jpeg(Call call, Keyframe keyframe, OptionalInt width) {
        if (isKnown(call, etag(keyframe, width.isPresent() ? Integer.toString(width.getAsInt()) : "full"))) {
            return;
        }
        CompletableFuture<byte[]> picture = ask(keyframe, width).orTimeout(DECODE_SECONDS, TimeUnit.SECONDS);
        // Nothing is written meanwhile, which is no fault of the client's.
        call.request().addIdleTimeoutListener(idle -> picture.isDone());
        picture.whenCompleteAsync((bytes, failure) -> {
            if (failure == null) {
                call.send(200, "image/jpeg", bytes);
            } else {
                refuse(call, failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure);
            }
        }, call.executor());
    }

    private CompletableFuture<byte[]> ask(Keyframe keyframe, OptionalInt width) {
        try {
            // A stage of our own: a time-out of this client is none of another's who waits for the same picture.
            return source.jpeg(keyframe, width).toCompletableFuture().copy();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void refuse(Call call, Throwable failure) {
        call.response().getHeaders().remove(HttpHeader.ETAG);
        if (failure instanceof UnsupportedCodecException) {
            JsonAnswers.error(call, 501, failure.getMessage());
        } else if (failure instanceof RejectedExecutionException || failure instanceof TimeoutException) {
            JsonAnswers.unavailable(call, "too many pictures are asked for", 1);
        } else {
            JsonAnswers.error(call, 500, "the keyframe cannot be decoded");
        }
    }

    private static String etag(Keyframe keyframe, String form) {
        CRC32C checksum = new CRC32C();
        checksum.update(keyframe.accessUnit().asByteBuf().nioBuffer());
        return "\"" + Long.toHexString(keyframe.timestampMillis()) + "-" + Long.toHexString(checksum.getValue()) + "-" + form + "\"";
    }

    /** Sets what comes with 200 and 304, and answers the latter if the client has the picture. */
    private static boolean isKnown(Call call, String etag) {
        call.set(HttpHeader.CACHE_CONTROL, "no-cache");
        call.set(HttpHeader.ETAG, etag);
        if (!call.hasAlready(etag)) {
            return false;
        }
        call.send(304);
        return true;
    }
}
