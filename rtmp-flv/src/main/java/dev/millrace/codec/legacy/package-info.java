/**
 * The sound formats of FLV that have no configuration: PCM, ADPCM, Nellymoser, G.711, Speex, and what the tag header says of MP3.
 *
 * <p>Start at {@link dev.millrace.codec.legacy.LegacySound}. Nothing here decodes sound. All of it is immutable.
 */
package dev.millrace.codec.legacy;
