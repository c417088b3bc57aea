package dev.millrace.hls.origin;

/** A list of entity tags, as in {@code If-Match} and {@code If-None-Match} (RFC 9110, 8.8.3, 13.1.1, 13.1.2). */
final class EntityTags {

    private EntityTags() {}

    /**
     * Returns true if a tag is in a list, or the list is {@code *}. Weak and strong forms are equal, as for {@code If-None-Match}.
     *
     * @param list as it came; ignored from the first malformed place on
     * @param tag with its quotes
     */
    static boolean weaklyContains(String list, String tag) {
        return contains(list, tag, /* weakToo= */ true);
    }

    /** Returns true if a tag is in a list in its strong form, as for {@code If-Match}, or the list is {@code *}. */
    static boolean stronglyContains(String list, String tag) {
        return contains(list, tag, /* weakToo= */ false);
    }

    private static boolean contains(String list, String tag, boolean weakToo) {
        if (list.strip().equals("*")) {
            return true;
        }
        int at = 0;
        while (at < list.length()) {
            char c = list.charAt(at);
            if (c == ' ' || c == '\t' || c == ',') {
                at++;
                continue;
            }
            boolean weak = list.startsWith("W/", at);
            int open = weak ? at + 2 : at;
            int close = list.indexOf('"', open + 1);
            if (open >= list.length() || list.charAt(open) != '"' || close < 0) {
                return false;
            }
            if ((weakToo || !weak) && close + 1 - open == tag.length() && list.startsWith(tag, open)) {
                return true;
            }
            at = close + 1;
        }
        return false;
    }
}
