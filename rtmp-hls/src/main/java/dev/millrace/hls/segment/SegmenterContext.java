package dev.millrace.hls.segment;

/** What the timelines of a segmenter share. */
record SegmenterContext(
        SegmenterOptions options, TargetDuration target, TrackSet tracks, ProgramDateTime dates, Counters counters, SegmentWriter writer) {}
