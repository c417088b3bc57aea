/**
 * The headers of audio and video messages, legacy and Enhanced RTMP v2, parsed in one place and without allocation.
 *
 * <p>Internal: start at {@link dev.millrace.tag.TagHeader}. Hosts use {@code dev.millrace.flv} and {@code dev.millrace.sample}.
 */
package dev.millrace.tag;
