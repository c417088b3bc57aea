package dev.millrace.amf;

import dev.millrace.media.FlvFormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the end of AMF3 values, and checks them, without making anything of them.
 *
 * <p>Of the three reference tables, which live as long as the message, only the sizes are kept, and of each trait how many members it has.
 * Externalizable objects are refused: only their class knows how long they are.
 *
 * @see <a href="https://veovera.org/docs/legacy/amf3-file-format-spec.pdf">Action Message Format, AMF 3, section 3</a>
 */
final class Amf3Skipper {

    private static final int UNDEFINED = 0x00;
    private static final int NULL = 0x01;
    private static final int FALSE = 0x02;
    private static final int TRUE = 0x03;
    private static final int INTEGER = 0x04;
    private static final int DOUBLE = 0x05;
    private static final int STRING = 0x06;
    private static final int XML_DOCUMENT = 0x07;
    private static final int DATE = 0x08;
    private static final int ARRAY = 0x09;
    private static final int OBJECT = 0x0A;
    private static final int XML = 0x0B;
    private static final int BYTE_ARRAY = 0x0C;
    private static final int VECTOR_INT = 0x0D;
    private static final int VECTOR_UINT = 0x0E;
    private static final int VECTOR_DOUBLE = 0x0F;
    private static final int VECTOR_OBJECT = 0x10;
    private static final int DICTIONARY = 0x11;

    /** What is the same for all objects of one class; an anonymous object is of a class without a name. */
    private record Traits(int sealedMembers, boolean dynamic) {}

    private final AmfInput input;

    // Per message: the reference tables.
    private int strings;
    private int objects;
    private final List<Traits> traits = new ArrayList<>();

    Amf3Skipper(AmfInput input) {
        this.input = input;
    }

    /** Passes over one value that is inside {@code depth} objects and arrays. */
    void skipValue(int depth) throws FlvFormatException {
        int marker = input.readUnsignedByte("AMF3 marker");
        switch (marker) {
            case UNDEFINED, NULL, FALSE, TRUE -> {}
            case INTEGER -> readU29("AMF3 integer");
            case DOUBLE -> input.skip(8, "AMF3 double");
            case STRING -> skipString("AMF3 string");
            case XML_DOCUMENT, XML -> skipXml();
            case DATE -> skipDate();
            case ARRAY -> skipArray(depth);
            case OBJECT -> skipObject(depth);
            case BYTE_ARRAY -> skipByteArray();
            case VECTOR_INT, VECTOR_UINT -> skipVectorOfNumbers(/* bytesEach= */ 4);
            case VECTOR_DOUBLE -> skipVectorOfNumbers(/* bytesEach= */ 8);
            case VECTOR_OBJECT -> skipVectorOfObjects(depth);
            case DICTIONARY -> skipDictionary(depth);
            default -> throw new FlvFormatException("AMF3 marker " + marker + " is not 0 to 17");
        }
    }

    private void skipMember(int depth) throws FlvFormatException {
        input.countValue();
        skipValue(depth);
    }

    private void skipXml() throws FlvFormatException {
        int header = readU29("AMF3 XML header");
        if (!isReference(header)) {
            input.skipUtf8(header >>> 1, "AMF3 XML");
        }
    }

    private void skipDate() throws FlvFormatException {
        if (!isReference(readU29("AMF3 date header"))) {
            input.skip(8, "AMF3 date");
        }
    }

    private void skipByteArray() throws FlvFormatException {
        int header = readU29("AMF3 byte array header");
        if (!isReference(header)) {
            input.skip(header >>> 1, "AMF3 byte array");
        }
    }

    private void skipArray(int depth) throws FlvFormatException {
        int header = readU29("AMF3 array header");
        if (isReference(header)) {
            return;
        }
        int dense = header >>> 1;
        input.checkValues(dense, /* leastBytesEach= */ 1, "AMF3 array");
        input.checkDepth(depth + 1);
        skipNamedMembers(depth + 1);
        for (int i = 0; i < dense; i++) {
            skipMember(depth + 1);
        }
    }

    /**
     * <pre>
     *  bit 0 = 0: reference, index in the rest
     *  bit 1 = 0: new object of known traits, index in the rest
     *  bit 2 = 1: externalizable
     *  bit 3:     dynamic; the rest is the number of sealed members
     * </pre>
     */
    private void skipObject(int depth) throws FlvFormatException {
        int header = readU29("AMF3 object header");
        if (isReference(header)) {
            return;
        }
        input.checkDepth(depth + 1);
        Traits of = (header & 0b10) == 0 ? knownTraits(header >>> 2) : readTraits(header);
        input.checkValues(of.sealedMembers(), /* leastBytesEach= */ 1, "AMF3 sealed members");
        for (int i = 0; i < of.sealedMembers(); i++) {
            skipMember(depth + 1);
        }
        if (of.dynamic()) {
            skipNamedMembers(depth + 1);
        }
    }

    private Traits knownTraits(int index) throws FlvFormatException {
        if (index >= traits.size()) {
            throw new FlvFormatException("AMF3 reference to traits " + index + " of " + traits.size());
        }
        return traits.get(index);
    }

    private Traits readTraits(int header) throws FlvFormatException {
        if ((header & 0b100) != 0) {
            throw new FlvFormatException("AMF3 externalizable object, whose length only its class knows");
        }
        int sealedMembers = header >>> 4;
        input.checkValues(sealedMembers, /* leastBytesEach= */ 2, "AMF3 sealed members"); // a name and a value
        Traits added = new Traits(sealedMembers, (header & 0b1000) != 0);
        traits.add(added);
        skipString("AMF3 class name");
        for (int i = 0; i < sealedMembers; i++) {
            skipString("AMF3 member name");
        }
        return added;
    }

    private void skipVectorOfNumbers(int bytesEach) throws FlvFormatException {
        int header = readU29("AMF3 vector header");
        if (isReference(header)) {
            return;
        }
        input.skip(1, "AMF3 vector's fixed flag");
        input.skip((long) (header >>> 1) * bytesEach, "AMF3 vector");
    }

    private void skipVectorOfObjects(int depth) throws FlvFormatException {
        int header = readU29("AMF3 vector header");
        if (isReference(header)) {
            return;
        }
        int count = header >>> 1;
        input.checkValues(count, /* leastBytesEach= */ 1, "AMF3 vector");
        input.checkDepth(depth + 1);
        input.skip(1, "AMF3 vector's fixed flag");
        skipString("AMF3 vector's type name");
        for (int i = 0; i < count; i++) {
            skipMember(depth + 1);
        }
    }

    private void skipDictionary(int depth) throws FlvFormatException {
        int header = readU29("AMF3 dictionary header");
        if (isReference(header)) {
            return;
        }
        int count = header >>> 1;
        input.checkValues(count, /* leastBytesEach= */ 2, "AMF3 dictionary"); // a key and a value
        input.checkDepth(depth + 1);
        input.skip(1, "AMF3 dictionary's weak flag");
        for (int i = 0; i < count; i++) {
            skipMember(depth + 1);
            skipMember(depth + 1);
        }
    }

    /** Passes over names with their values, up to the empty name. */
    private void skipNamedMembers(int depth) throws FlvFormatException {
        while (!skipString("AMF3 member name")) {
            skipMember(depth);
        }
    }

    /** Passes over a string; returns whether it is empty. */
    private boolean skipString(String field) throws FlvFormatException {
        int header = readU29(field);
        if ((header & 1) == 0) {
            int index = header >>> 1;
            if (index >= strings) {
                throw new FlvFormatException(field + ", reference to string " + index + " of " + strings);
            }
            return false; // the empty string is never in the table
        }
        int lengthBytes = header >>> 1;
        input.skipUtf8(lengthBytes, field);
        if (lengthBytes == 0) {
            return true;
        }
        strings++;
        return false;
    }

    /** Whether a header is a reference to an object, which is checked; if not, a new object enters the table. */
    private boolean isReference(int header) throws FlvFormatException {
        if ((header & 1) != 0) {
            objects++;
            return false;
        }
        int index = header >>> 1;
        if (index >= objects) {
            throw new FlvFormatException("AMF3 reference to object " + index + " of " + objects);
        }
        return true;
    }

    /** Reads a number of 29 bits: up to three bytes of 7 bits that say whether more come, and a fourth of 8. AMF 3, section 1.3.1. */
    private int readU29(String field) throws FlvFormatException {
        int value = 0;
        for (int i = 0; i < 3; i++) {
            int next = input.readUnsignedByte(field);
            value = value << 7 | next & 0x7F;
            if (next < 0x80) {
                return value;
            }
        }
        return value << 8 | input.readUnsignedByte(field);
    }
}
