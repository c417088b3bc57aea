package dev.millrace.hls.store;

import dev.millrace.media.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * The state of a stream that a packager gets back after a restart. A store keeps the bytes as they are and never looks into them; the names
 * say which objects are to be kept.
 *
 * <p>Immutable.
 *
 * @param bytes the state of the packager, 0 to {@value #MAX_BYTES} bytes of any form
 * @param retained the objects that are to be kept, 0 to {@value #MAX_RETAINED}; any other may be removed
 */
public record StoreState(Bytes bytes, Set<ObjectName> retained) {

    /** Most bytes of a state. A two-hour playlist of 2-second segments takes about a third of it. */
    public static final int MAX_BYTES = 1 << 20;

    /** Most objects of a state. */
    public static final int MAX_RETAINED = 1 << 16;

    private static final String HEADER = "millrace-hls-state %d %08x\n";
    private static final int HEADER_BYTES = String.format(Locale.ROOT, HEADER, 0, 0).length();
    private static final int VERSION = 2;

    /** Most bytes of the encoded form. */
    static final int MAX_ENCODED_BYTES = HEADER_BYTES + MAX_RETAINED * (ObjectName.MAX_FILE_NAME_LENGTH + 1) + 1 + MAX_BYTES;

    /** The form before 2: text in which each object that is to be kept stands by its file name. All were MPEG-TS segments. */
    private static final int VERSION_WITHOUT_NAMES = 1;

    private static final Pattern NAME_IN_TEXT = Pattern.compile("(?<![0-9A-Za-z])[0-9a-f]{12}-[0-9]{1,19}\\.ts(?![0-9A-Za-z])");

    /**
     * Checks the sizes and copies the set.
     *
     * @throws IllegalArgumentException if there are too many bytes or names
     */
    public StoreState {
        if (bytes.size() > MAX_BYTES) {
            throw new IllegalArgumentException("state of " + bytes.size() + " bytes exceeds " + MAX_BYTES);
        }
        if (retained.size() > MAX_RETAINED) {
            throw new IllegalArgumentException("state with " + retained.size() + " retained objects exceeds " + MAX_RETAINED);
        }
        retained.forEach(name -> Objects.requireNonNull(name, "retained"));
        retained = Collections.unmodifiableSet(new LinkedHashSet<>(retained));
    }

    /**
     * Encodes the state as one byte string with a checksum, for stores that keep it in a file or an object.
     *
     * @return the bytes for {@link #decode}
     */
    public Bytes encode() {
        String names = retained.stream().map(name -> name.fileName() + '\n').collect(Collectors.joining()) + '\n';
        int bodyBytes = names.length() + bytes.size();
        byte[] encoded = new byte[HEADER_BYTES + bodyBytes];
        System.arraycopy(names.getBytes(StandardCharsets.US_ASCII), 0, encoded, HEADER_BYTES, names.length());
        bytes.getBytes(0, encoded, HEADER_BYTES + names.length(), bytes.size());
        Bytes body = Bytes.takeOver(encoded).slice(HEADER_BYTES, bodyBytes);
        header(VERSION, body).getBytes(0, encoded, 0, HEADER_BYTES);
        return Bytes.takeOver(encoded);
    }

    /**
     * Decodes what {@link #encode} returned, also by the versions of Millrace that kept a state without names.
     *
     * @param encoded any bytes
     * @return the state; empty if the bytes are damaged or of an unknown version
     */
    public static Optional<StoreState> decode(Bytes encoded) {
        if (encoded.size() < HEADER_BYTES || encoded.size() > MAX_ENCODED_BYTES) {
            return Optional.empty();
        }
        Bytes header = encoded.slice(0, HEADER_BYTES);
        Bytes body = encoded.slice(HEADER_BYTES, encoded.size() - HEADER_BYTES);
        if (header.equals(header(VERSION, body))) {
            return withNames(body);
        }
        return header.equals(header(VERSION_WITHOUT_NAMES, body)) && body.size() <= MAX_BYTES
                ? Optional.of(new StoreState(body, namesInText(body)))
                : Optional.empty();
    }

    private static Optional<StoreState> withNames(Bytes body) {
        Set<ObjectName> names = new LinkedHashSet<>();
        int lineStart = 0;
        for (int i = 0; i < body.size(); i++) {
            if (body.byteAt(i) != '\n') {
                continue;
            }
            if (i == lineStart) {
                int length = body.size() - i - 1;
                return length <= MAX_BYTES && names.size() <= MAX_RETAINED
                        ? Optional.of(new StoreState(body.slice(i + 1, length), names))
                        : Optional.empty();
            }
            Optional<ObjectName> name = ObjectName.ofFileName(text(body.slice(lineStart, i - lineStart)));
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
            lineStart = i + 1;
        }
        return Optional.empty();
    }

    private static Set<ObjectName> namesInText(Bytes body) {
        List<ObjectName> names = NAME_IN_TEXT.matcher(text(body))
                .results()
                .flatMap(found -> ObjectName.ofFileName(found.group()).stream())
                .toList();
        return new HashSet<>(names);
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    private static Bytes header(int version, Bytes body) {
        CRC32 checksum = new CRC32();
        if (version != VERSION_WITHOUT_NAMES) {
            checksum.update(version);
        }
        checksum.update(body.toByteArray());
        return Bytes.takeOver(String.format(Locale.ROOT, HEADER, version, (int) checksum.getValue()).getBytes(StandardCharsets.US_ASCII));
    }

    /** Returns the sizes only: the bytes may hold keys. */
    @Override
    public String toString() {
        return "StoreState of " + bytes.size() + " bytes, " + retained.size() + " objects";
    }
}
