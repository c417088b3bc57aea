package dev.millrace.hls.packager;

import dev.millrace.hls.crypto.ContentKey;
import dev.millrace.hls.store.ObjectName;
import dev.millrace.hls.store.SegmentStore;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The playlists, segments and keys of one stream, for an origin. Belongs to a stream's name, not to one publication.
 *
 * <p>Implementations are thread-safe, and compared by identity. No method blocks.
 */
public interface HlsStream {

    /**
     * Returns the newest version of the playlists.
     *
     * @return the version; empty until the first segment is listed
     */
    Optional<HlsSnapshot> snapshot();

    /**
     * Waits for a version of the playlists that is newer than another. An origin holds requests for the first one, since no playlist without
     * segments may be served (draft-pantos-hls-rfc8216bis, 6.2.1), and for segments that are still to come.
     *
     * @param version the known version; -1 for none
     * @return completes on any thread with a snapshot of a greater version, at once if there is one; fails if the stream is over and has
     *     none. The same stage may be given to all callers
     */
    CompletionStage<HlsSnapshot> snapshotAfter(long version);

    /**
     * Returns the store of the segments.
     *
     * @return the same object at each call
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
     * Finds a key of listed segments, or of removed ones that can still be fetched.
     *
     * @param id any text
     * @return the key; empty if there is none with this id any more
     */
    Optional<ContentKey> key(String id);
}
