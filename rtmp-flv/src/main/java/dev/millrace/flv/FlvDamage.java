package dev.millrace.flv;

/**
 * What was wrong with a file, so far.
 *
 * @param resyncs how often the reader lost its place and looked for the next tag
 * @param skippedBytes bytes that belong to no tag
 * @param wrongBackPointers tags whose size behind them is not theirs
 * @param encryptedTags tags left out because they are encrypted
 * @param truncatedTags 1 if the file ends in the middle of a tag, else 0
 */
public record FlvDamage(long resyncs, long skippedBytes, long wrongBackPointers, long encryptedTags, long truncatedTags) {

    /** Nothing was wrong. */
    public static final FlvDamage NONE = new FlvDamage(0, 0, 0, 0, 0);
}
