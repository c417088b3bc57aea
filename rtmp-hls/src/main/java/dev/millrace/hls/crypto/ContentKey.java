package dev.millrace.hls.crypto;

import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An AES-128 key with its id (RFC 8216, 4.3.2.4 and 5). Immutable; the key is copied in and out and never printed.
 */
public final class ContentKey {

    /** Length of a key. */
    public static final int BYTES = 16;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final String id;
    private final byte[] key;
    private final Optional<String> publicUri;

    /**
     * Creates a key that the origin serves.
     *
     * @param id 1 to 64 of A-Z, a-z, 0-9, '_' and '-'; goes into the playlist
     * @param key 16 bytes; copied
     * @throws IllegalArgumentException if {@code id} or {@code key} does not have this form
     */
    public ContentKey(String id, byte[] key) {
        this(id, key, Optional.empty());
    }

    /**
     * Creates a key.
     *
     * @param id 1 to 64 of A-Z, a-z, 0-9, '_' and '-'
     * @param key 16 bytes; copied
     * @param publicUri where players get it, if not from the origin: 1 to 4,096 characters without quotation marks and control characters,
     *     since it becomes a quoted string of the playlist (RFC 8216, 4.2)
     * @throws IllegalArgumentException if an argument does not have this form
     */
    public ContentKey(String id, byte[] key, Optional<String> publicUri) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("key id of " + id.length() + " characters is not 1 to 64 of A-Z a-z 0-9 _ -");
        }
        if (key.length != BYTES) {
            throw new IllegalArgumentException("key has " + key.length + " bytes, want " + BYTES);
        }
        publicUri.ifPresent(ContentKey::checkUri);
        this.id = id;
        this.key = key.clone();
        this.publicUri = Objects.requireNonNull(publicUri, "publicUri");
    }

    private static void checkUri(String uri) {
        if (uri.isEmpty() || uri.length() > 4_096) {
            throw new IllegalArgumentException("key URI has " + uri.length() + " characters, want 1 to 4096");
        }
        if (uri.chars().anyMatch(c -> c <= ' ' || c == '"' || Character.isISOControl(c))) {
            throw new IllegalArgumentException("key URI has a space, a quotation mark or a control character, want none");
        }
    }

    /**
     * Returns the id.
     *
     * @return 1 to 64 of A-Z, a-z, 0-9, '_' and '-'
     */
    public String id() {
        return id;
    }

    /**
     * Returns the key, which is also the content of a key file.
     *
     * @return a new array of 16 bytes
     */
    public byte[] toByteArray() {
        return key.clone();
    }

    /**
     * Returns where players get the key, if not from the origin.
     *
     * @return a URI, or empty for the origin
     */
    public Optional<String> publicUri() {
        return publicUri;
    }

    /** Returns true if id, key and URI are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ContentKey that
                && id.equals(that.id) && MessageDigest.isEqual(key, that.key) && publicUri.equals(that.publicUri);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Returns the id, never the key. */
    @Override
    public String toString() {
        return "ContentKey " + id;
    }
}
