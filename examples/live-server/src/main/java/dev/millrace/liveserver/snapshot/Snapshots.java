package dev.millrace.liveserver.snapshot;

import dev.millrace.track.Keyframe;
import dev.millrace.track.KeyframeDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Encodes keyframes as JPEG on request. Many clients of one keyframe cost one decoding, and one encoding for
 * each width.
 *
 * <p>Runs on two own threads with a bounded queue. Holds at most 80 MiB of pictures, JPEGs and their
 * keyframes, and during work at most 80 MB more for each thread, for the largest pictures that the decoder
 * accepts. Thread-safe.
 */
public final class Snapshots implements AutoCloseable {

    private static final int MIN_WIDTH = 16;
    private static final int MAX_WIDTH = 4096;

    /** So that one large picture does not hold up all others. */
    private static final int THREADS = 2;

    /** A page that shows this many streams at once asks for all of them at once. At most some seconds of work. */
    private static final int MAX_WAITING = 64;

    private static final long IDLE_SECONDS = 30;

    /** Six pictures of 1920x1080, or one of 4096x2304: for those who want another width of the same keyframe soon. */
    private static final long MAX_PICTURE_BYTES = 48L << 20;

    /** Some hundred JPEGs of 640x360, or twenty of 1920x1080, with their keyframes. */
    private static final long MAX_JPEG_BYTES = 32L << 20;

    private static final int BYTES_PER_PIXEL = 4;

    private final KeyframeDecoder<BufferedImage> decoder;
    private final ThreadPoolExecutor executor;
    private final FutureCache<Source, BufferedImage> pictures = new FutureCache<>(MAX_PICTURE_BYTES, Source::bytes, Snapshots::bytesOf);
    private final FutureCache<Wanted, byte[]> jpegs =
            new FutureCache<>(MAX_JPEG_BYTES, wanted -> wanted.source().bytes(), jpeg -> jpeg.length);

    /** Makes snapshots of AVC; threads start with the first. */
    public Snapshots() {
        this(new AvcKeyframeDecoder(Runnable::run), THREADS, MAX_WAITING);
    }

    /** With another decoder, which is called on the threads here. */
    Snapshots(KeyframeDecoder<BufferedImage> decoder, int threads, int maxWaiting) {
        this.decoder = decoder;
        this.executor = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(maxWaiting), task -> {
            Thread thread = new Thread(task, "snapshot");
            thread.setDaemon(true);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Makes a JPEG, or gives the one that was made of this very keyframe before.
     *
     * <p>The stage fails, always with the exception itself and not one around it, with {@link UnsupportedCodecException} if there is no decoder for
     * the keyframe, with {@link IOException} if the keyframe is broken, and with {@link RejectedExecutionException} if too many are waiting already
     * or this is closed. The first two are remembered for the keyframe; after the third, asking again is worth while.
     *
     * @param keyframe what to show; compared by identity
     * @param widthPixels 16 to 4096, for a smaller picture of the same aspect; a wider one than the keyframe is not made, nor if empty
     * @return completes with a JPEG, on a thread of this object or the caller's; others get the same array, so nobody may change it
     * @throws IllegalArgumentException if the width is something else
     */
    public CompletionStage<byte[]> jpeg(Keyframe keyframe, OptionalInt widthPixels) {
        Objects.requireNonNull(keyframe, "keyframe");
        if (widthPixels.isPresent() && (widthPixels.getAsInt() < MIN_WIDTH || widthPixels.getAsInt() > MAX_WIDTH)) {
            throw new IllegalArgumentException("width " + widthPixels.getAsInt() + " is not " + MIN_WIDTH + " to " + MAX_WIDTH);
        }
        int width = widthPixels.orElse(Integer.MAX_VALUE);
        boolean whole = keyframe.width() > 0 && width >= keyframe.width();
        Wanted wanted = new Wanted(new Source(keyframe), whole ? Integer.MAX_VALUE : width);
        CompletableFuture<byte[]> answer = new CompletableFuture<>(); // one each: what a caller does to it touches no other
        jpegs.get(wanted, jpeg -> executor.execute(new Job(wanted, jpeg))).whenComplete((jpeg, failure) -> pass(jpeg, failure, answer));
        return answer;
    }

    /** Ends the threads; what waits fails as if it had come after this. What is being decoded is decoded to its end. */
    @Override
    public void close() {
        for (Runnable waiting : executor.shutdownNow()) {
            if (waiting instanceof Job job) {
                job.jpeg.completeExceptionally(new RejectedExecutionException("snapshots are closed"));
            }
        }
    }

    private void decode(Source source, CompletableFuture<BufferedImage> picture) {
        decoder.decode(source.keyframe()).whenComplete((decoded, failure) -> pass(decoded, failure, picture));
    }

    private static <T> void pass(T value, Throwable failure, CompletableFuture<T> target) {
        if (failure == null) {
            target.complete(value);
        } else {
            boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
            target.completeExceptionally(wrapped ? failure.getCause() : failure);
        }
    }

    private static long bytesOf(BufferedImage picture) {
        return (long) picture.getWidth() * picture.getHeight() * BYTES_PER_PIXEL;
    }

    /** A keyframe as a key. By identity: to compare megabytes at each request would cost more than it saves. */
    private static final class Source {

        private final Keyframe keyframe;

        Source(Keyframe keyframe) {
            this.keyframe = keyframe;
        }

        Keyframe keyframe() {
            return keyframe;
        }

        long bytes() {
            return keyframe.accessUnit().size();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Source source && source.keyframe == keyframe;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(keyframe);
        }
    }

    /** A JPEG as a key; the width is at most that of the picture. */
    private record Wanted(Source source, int width) {}

    /** Work for a thread: a picture, if there is none yet, and its JPEG. */
    private final class Job implements Runnable {

        private final Wanted wanted;
        private final CompletableFuture<byte[]> jpeg;

        Job(Wanted wanted, CompletableFuture<byte[]> jpeg) {
            this.wanted = wanted;
            this.jpeg = jpeg;
        }

        @Override
        public void run() {
            pictures.get(wanted.source(), picture -> decode(wanted.source(), picture)).whenComplete((picture, failure) -> {
                if (failure == null) {
                    encode(picture);
                } else {
                    jpeg.completeExceptionally(failure);
                }
            });
        }

        private void encode(BufferedImage picture) {
            try {
                jpeg.complete(JpegWriter.write(PictureScaler.toWidth(picture, wanted.width())));
            } catch (IOException | RuntimeException | Error e) {
                jpeg.completeExceptionally(e);
            }
        }
    }
}
