/**
 * A reader and a checker of MPEG-TS for tests, which share no code with the muxer.
 */
package dev.millrace.hls.testkit;
