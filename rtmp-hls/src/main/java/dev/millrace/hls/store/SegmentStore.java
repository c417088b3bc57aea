package dev.millrace.hls.store;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the segments of one stream, and the state of its playlist with them. Implemented by hosts for storage of their own, and tested with
 * {@code SegmentStoreContract} from the artifact with classifier {@code tests}.
 *
 * <p>Thread-safe. All methods return at once; stages complete on any thread, and what hangs on them must not block. Stages fail with an
 * {@link java.io.IOException} if the storage does; a store survives its failures and takes the next call as if nothing had been.
 *
 * <p>One packager writes to a stream at a time, in all processes that share the storage. It makes one call that changes the state
 * ({@link SegmentWriter#commit}, {@link #saveState}, {@link #discard}) at a time and waits for its stage, so a store need not put such calls
 * in order. After 20 s it waits no longer; if the stage of such a call completes after all, the state is saved again. Any number of origins
 * read.
 */
public interface SegmentStore {

    /**
     * The state in force.
     *
     * @return completes with what came with the last commit or {@link #saveState}, also that of an earlier life of the process where the
     *     storage outlives it; empty if nothing came yet. A segment that it mentions may still be missing where others than the store have
     *     access, so it is to be {@linkplain #read read} once before it is listed again
     */
    CompletionStage<Optional<StoreState>> state();

    /**
     * Begins a segment.
     *
     * @param id a new one; a committed segment is never written over
     * @return completes with its writer; fails if {@code id} was committed or is being written
     */
    CompletionStage<SegmentWriter> open(SegmentId id);

    /**
     * Deletes a committed segment. To be called after a state that no longer mentions it has been saved; then an end of the process in
     * between leaves nothing behind but bytes that the store removes by itself.
     *
     * @param id the segment
     * @return completes when it is no longer found; no failure if it was not there
     */
    CompletionStage<Void> delete(SegmentId id);

    /**
     * Finds a committed segment, for each request of a player: what is not there must be found out without cost.
     *
     * @param id the segment
     * @return completes with the whole segment, or empty if it was not committed or is deleted
     */
    CompletionStage<Optional<SegmentContent>> read(SegmentId id);

    /**
     * Replaces the state where no segment comes with it: at the end of a stream, or when segments leave the playlist.
     *
     * @param state mentions each segment that is still wanted
     * @return completes when it is kept; if it fails, the state has not changed
     */
    CompletionStage<Void> saveState(StoreState state);

    /**
     * Forgets the stream: deletes its segments, written or being written, and its state. For a stream that is over and whose playlist has
     * expired; without it, each stream name ever used leaves something behind.
     *
     * <p>The store is of no use afterwards: {@link #open}, {@link SegmentWriter} and {@link #saveState} fail, nothing is found. Once the
     * stage is complete, {@link SegmentStores#forStream} gives a new one.
     *
     * @return completes when all is gone; if it fails, it can be called again
     */
    CompletionStage<Void> discard();

    /**
     * Where players get a segment, if not from the origin.
     *
     * @param id a committed segment
     * @return an absolute URI for the playlist, as of a content delivery network; empty, as by default, for the origin
     */
    default Optional<String> publicUri(SegmentId id) {
        return Optional.empty();
    }
}
