/**
 * Keys of encrypted segments.
 *
 * <p>Start at {@link dev.millrace.hls.crypto.KeyProvider}, which a host implements if its keys come from a service of its own. Whole segments
 * are encrypted with AES-128 in CBC mode (RFC 8216, 4.3.2.4 and 5.2); samples are not. The host decides who may fetch a key.
 */
package dev.millrace.hls.crypto;
