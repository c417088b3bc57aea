package dev.millrace.hls.packager;

import dev.millrace.hls.crypto.ContentKey;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What an origin serves of one stream. Belongs to a stream's name, not to one publication.
 *
 * <p>Implementations are thread-safe, and compared by identity. No method blocks.
 */
public interface HlsStream {

    /**
     * The newest state of the playlists.
     *
     * @return complete and immutable; empty as long as no segment was ever listed, when there is nothing that a playlist could say
     */
    Optional<HlsSnapshot> snapshot();

    /**
     * Waits for a state of the playlists that is newer than another. An origin holds requests for the first one, since no playlist without
     * segments may be served (draft-pantos-hls-rfc8216bis, 6.2.1), and for segments that are still to come.
     *
     * @param version of the state that is known; -1 for none
     * @return completes on any thread with a state whose version is greater, at once if there is one; fails if the stream is over and has
     *     none. The same stage may be given to all callers
     */
    CompletionStage<HlsSnapshot> snapshotAfter(long version);

    /**
     * Where the segments are.
     *
     * @return the store that this stream writes to; the same object at each call
     */
    SegmentStore store();

    /**
     * Returns the media type of an object in the store.
     *
     * @param name any name
     * @return such as {@code video/mp2t}; empty if the stream never had objects with this extension
     */
    Optional<String> mediaType(ObjectName name);

    /**
     * A key that listed segments, or removed ones that can still be fetched, are encrypted with.
     *
     * @param id any text, also one that no key has
     * @return the key, empty if there is none with this id, or no more
     */
    Optional<ContentKey> key(String id);
}
