package dev.millrace.recording;

import java.time.Duration;

/**
 * The facts of one recorded file.
 *
 * @param part 1 for the first file of a recording
 * @param duration from its first frame to its last
 * @param bytes length of the file
 * @param keyframes number of keyframes of the default video track
 * @param lostFrames frames that were dropped because the store was too slow
 */
public record Recording(int part, Duration duration, long bytes, long keyframes, long lostFrames) {}
