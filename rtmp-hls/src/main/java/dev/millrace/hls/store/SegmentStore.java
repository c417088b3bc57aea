package dev.millrace.hls.store;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the objects of one stream, its media segments and initialization segments, and the state of its packager with them. Implemented by
 * hosts for storage of their own, and tested with {@code SegmentStoreContract} of the artifact {@code millrace-testkit}.
 *
 * <p>Thread-safe. All methods return at once; stages complete on any thread, and their dependents must not block. Stages fail with an
 * {@link java.io.IOException} if the storage does; a store survives its failures and serves the next call normally.
 *
 * <p>One packager writes to a stream at a time, in all processes that share the storage. It makes one call that changes the state
 * ({@link SegmentWriter#commit}, {@link #saveState}, {@link #discard}) at a time and waits for its stage, so a store need not put such calls
 * in order. After 20 s it stops waiting; if the stage of such a call completes after all, the state is saved again. Any number of origins
 * read.
 *
 * <p>An initialization segment is committed before the first segment that needs it.
 */
public interface SegmentStore {

    /**
     * Reads the state in force.
     *
     * @return completes with the state of the last commit or {@link #saveState}, also that of an earlier life of the process where the
     *     storage outlives it; empty if there was none yet. An object that it retains may still be missing where others than the store have
     *     access, so it is to be {@linkplain #read read} once before it is listed again
     */
    CompletionStage<Optional<StoreState>> state();

    /**
     * Begins an object.
     *
     * @param name a new one; a committed object is never overwritten
     * @return completes with its writer; fails if {@code name} was committed or is being written
     */
    CompletionStage<SegmentWriter> open(ObjectName name);

    /**
     * Deletes a committed object. The caller must have saved a state that no longer retains it; then an end of the process in between leaves
     * nothing behind but bytes that the store removes at its next start.
     *
     * @param name the object
     * @return completes when it is no longer found; no failure if it was not there
     */
    CompletionStage<Void> delete(ObjectName name);

    /**
     * Finds a committed object. Called for each request of a player, so a miss must be cheap.
     *
     * @param name the object
     * @return completes with the whole object, or empty if it was not committed or is deleted
     */
    CompletionStage<Optional<SegmentContent>> read(ObjectName name);

    /**
     * Replaces the state where no object comes with it: at the end of a stream, or when segments leave the playlist.
     *
     * @param state retains each object that is still wanted
     * @return completes when it is kept; if it fails, the state has not changed
     */
    CompletionStage<Void> saveState(StoreState state);

    /**
     * Removes the stream: deletes its objects, written or being written, and its state. For a stream that is over and whose playlist has
     * expired; without it, each stream name ever used leaves something behind.
     *
     * <p>The store cannot be used afterwards: {@link #open}, {@link SegmentWriter} and {@link #saveState} fail, nothing is found. Once the
     * stage is complete, {@link SegmentStores#forStream} returns a new one.
     *
     * @return completes when everything is gone; if it fails, it can be called again
     */
    CompletionStage<Void> discard();

    /**
     * Returns where players get an object, if not from the origin.
     *
     * @param name a committed object
     * @return an absolute URI for the playlist, as of a content delivery network; empty, as by default, for the origin
     */
    default Optional<String> publicUri(ObjectName name) {
        return Optional.empty();
    }
}
