/**
 * Samples in, media segments out: which tracks, on which time, cut where.
 *
 * <p>Start at {@link dev.millrace.hls.segment.Segmenter}. It knows no playlist, no storage and no container format,
 * which is behind {@link dev.millrace.hls.segment.SegmentMuxer}, and owns no thread. All of it is confined to one
 * thread at a time, but for the values, which are immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8216">RFC 8216, 3 and 6.2.1</a>
 */
package dev.millrace.hls.segment;
