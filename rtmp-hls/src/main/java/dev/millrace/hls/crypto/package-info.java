/**
 * Encryption of segments.
 *
 * <p>Start at {@link dev.millrace.hls.crypto.KeyProvider}, which a host implements where keys come from a service of its own. Whole
 * segments are encrypted with AES-128 in CBC mode (RFC 8216, 4.3.2.4 and 5.2); samples are not. Who may fetch a key is the host's decision.
 */
package dev.millrace.hls.crypto;
