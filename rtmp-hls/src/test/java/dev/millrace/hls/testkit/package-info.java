/**
 * A reader and a checker of MPEG-TS for tests, which share no code with the muxer, and manual time.
 */
package dev.millrace.hls.testkit;
