/**
 * The behaviour of codecs, in one exhaustive table.
 *
 * <p>Internal: start at {@link dev.millrace.codec.Coding}. Each codec has its records and headers in a package of its own below this one.
 */
package dev.millrace.codec;
