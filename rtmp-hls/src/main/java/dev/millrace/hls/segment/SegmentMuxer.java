package dev.millrace.hls.segment;

import dev.millrace.media.Bytes;
import dev.millrace.sample.AudioFormat;
import dev.millrace.sample.Sample;
import dev.millrace.sample.TrackFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Writes the samples of one stream in a container format, one media segment after the other (RFC 8216, section 3).
 * Implemented once for each container format; the {@link Segmenter} decides what is in a segment, and what the time
 * is.
 *
 * <p>For each segment, {@link #begin}, then samples and timed metadata in the order in which they are to stand, then
 * {@link #end}. Samples that the container cannot express are dropped and counted, never thrown. Confined to one
 * thread.
 */
public interface SegmentMuxer {

    /** Units in a second of the clock of playlists, on which segments start and end. */
    int TICKS_PER_SECOND = 90_000;

    /** A container format and its options: a host picks one for each stream. Immutable. */
    interface Factory {

        /**
         * Returns the format of all segments of the muxers that this creates.
         *
         * @return the same at each call
         */
        SegmentFormat format();

        /**
         * Returns why a track cannot be in the segments.
         *
         * @param format how the track is coded; if nothing but its codec is known yet, then only that is judged
         * @return a reason for a person; empty if the track can be there
         */
        Optional<String> refusal(TrackFormat format);

        /**
         * Creates a muxer for one stream.
         *
         * @param timedMetadata whether segments have a track of timed metadata
         * @return a new muxer with no segment under construction
         */
        SegmentMuxer create(boolean timedMetadata);
    }

    /**
     * Begins a segment.
     *
     * @param formats the tracks, video before audio: one or both, none of them refused. If they are not those of the
     *     segment before, this one is a discontinuity
     * @return the initialization segment that the segment needs, the same object as long as its bytes are the same;
     *     empty if the {@linkplain SegmentFormat#hasInitializationSegment() format has none}
     * @throws IllegalStateException if a segment is under construction
     */
    Optional<Bytes> begin(List<TrackFormat> formats);

    /**
     * Returns the units that the times of an audio track are counted in. Those of video have
     * {@value #TICKS_PER_SECOND} in a second.
     *
     * @param format the track
     * @return units in a second, 1 or more
     */
    default int timescale(AudioFormat format) {
        return TICKS_PER_SECOND;
    }

    /**
     * Writes a sample. Its own times are the sender's and are not looked at.
     *
     * @param sample of one of the tracks; its bytes are copied
     * @param decodeTime not wrapped; later than that of the sample of the track before, also over segments
     * @param presentationTime not before the decoding time
     * @param timescale units of both times in a second: those of the track
     * @throws IllegalStateException if no segment is under construction
     */
    void sample(Sample sample, long decodeTime, long presentationTime, int timescale);

    /**
     * Writes timed metadata.
     *
     * @param id3Tag a complete ID3v2.4 tag
     * @param ticks presentation time
     * @throws IllegalStateException if no segment is under construction
     */
    void timedMetadata(Bytes id3Tag, long ticks);

    /**
     * Ends the segment.
     *
     * @return its bytes from the first to the last, read-only, each chunk from its position to its limit; none is
     *     empty. They are the caller's for good, and any thread may read duplicates of them
     * @throws IllegalStateException if no segment is under construction
     */
    List<ByteBuffer> end();

    /**
     * Returns how long the segment under construction is so far.
     *
     * @return bytes; 0 if there is none
     */
    int size();

    /**
     * Returns how much longer a segment may become by a sample.
     *
     * @param sample not yet written
     * @return an upper bound, in bytes
     */
    long maxBytes(Sample sample);

    /**
     * Returns how much longer than {@link #size()} a segment may become without another sample: tables, and samples
     * that wait to be written together.
     *
     * @return an upper bound, in bytes
     */
    int reservedBytes();

    /**
     * Returns how many samples and tags of timed metadata were not written.
     *
     * @return a count that only rises
     */
    long droppedSamples();

    /**
     * Returns how many NAL units were left out of access units that were written, because they are broken.
     *
     * @return a count that only rises
     */
    default long droppedNalUnits() {
        return 0;
    }
}
