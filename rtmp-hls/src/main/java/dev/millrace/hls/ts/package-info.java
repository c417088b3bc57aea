/**
 * MPEG transport stream segments: samples in, packets of 188 bytes out (ISO/IEC 13818-1, which is ITU-T H.222.0; RFC
 * 8216, section 3.2).
 *
 * <p>Start at {@link dev.millrace.hls.ts.TsOptions}, which a host hands to a packager. Nothing here decides where a
 * segment begins, or makes up times: 64-bit ticks of 90 kHz that never wrap come in, and 33 bits of them are written.
 * Samples that cannot be expressed are dropped and counted. No null goes in or comes out.
 */
package dev.millrace.hls.ts;
