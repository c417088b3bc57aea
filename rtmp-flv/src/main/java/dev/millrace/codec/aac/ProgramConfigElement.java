package dev.millrace.codec.aac;

import dev.millrace.bits.Ranges;
import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The channels of an AAC program that none of the fixed channel configurations describes. Immutable.
 *
 * <pre>
 * element_instance_tag (4) object_type (2) sampling_frequency_index (4)
 * counts: front (4) side (4) back (4) lfe (2) associated data (3) coupling (4)
 * present (1) [mono mixdown (4)]  present (1) [stereo mixdown (4)]  present (1) [matrix mixdown (2) pseudo_surround (1)]
 * front, side, back: is_cpe (1) tag (4) | lfe, associated data: tag (4) | coupling: is_ind_sw (1) tag (4)
 * byte_alignment, comment_field_bytes (8), comment
 * </pre>
 *
 * @param elementInstanceTag 0 to 15
 * @param objectType profile of the program, one less than its audioObjectType; 0 to 3
 * @param samplingFrequencyIndex 0 to 15, said once more
 * @param front elements in front of the listener, from the centre outwards; 15 at most
 * @param side elements at the sides, from the front to the back; 15 at most
 * @param back elements behind, from the outside to the centre; 15 at most
 * @param lfeTags instance tags of low frequency channels; 3 at most
 * @param dataTags instance tags of associated data; 7 at most
 * @param coupling coupling channels; 15 at most
 * @param monoMixdownTag instance tag of a mono mixdown, if there is one
 * @param stereoMixdownTag instance tag of a stereo mixdown, if there is one
 * @param matrixMixdown matrix_mixdown_idx and pseudo_surround_enable in three bits, if they are there
 * @param comment 255 bytes at most
 * @see <a href="https://www.iso.org/standard/76383.html">ISO/IEC 14496-3, 4.4.1.1</a>
 */
public record ProgramConfigElement(
        int elementInstanceTag,
        int objectType,
        int samplingFrequencyIndex,
        List<Element> front,
        List<Element> side,
        List<Element> back,
        List<Integer> lfeTags,
        List<Integer> dataTags,
        List<Element> coupling,
        OptionalInt monoMixdownTag,
        OptionalInt stereoMixdownTag,
        OptionalInt matrixMixdown,
        Bytes comment) {

    private static final int MAX_COMMENT_BYTES = 255;

    /**
     * One syntactic element.
     *
     * @param flag of a channel element whether it is a pair, of a coupling element whether it is independently switched
     * @param instanceTag 0 to 15
     */
    public record Element(boolean flag, int instanceTag) {

        /**
         * Checks the tag.
         *
         * @throws IllegalArgumentException if {@code instanceTag} is not 0 to 15
         */
        public Element {
            Ranges.check("instanceTag", instanceTag, 0, 15);
        }

        private int channels() {
            return flag ? 2 : 1;
        }

        private static Element read(AacBitReader in) throws MalformedException {
            return new Element(in.readFlag("element flag"), in.read(4, "element instance tag"));
        }

        private void write(AacBitWriter out) {
            out.write(flag);
            out.write(instanceTag, 4);
        }
    }

    /**
     * Checks the values and copies the lists.
     *
     * @throws IllegalArgumentException if a value or the size of a list is outside what is said above, or if there is no channel
     */
    public ProgramConfigElement {
        Ranges.check("elementInstanceTag", elementInstanceTag, 0, 15);
        Ranges.check("objectType", objectType, 0, 3);
        Ranges.check("samplingFrequencyIndex", samplingFrequencyIndex, 0, 15);
        front = List.copyOf(front);
        side = List.copyOf(side);
        back = List.copyOf(back);
        lfeTags = List.copyOf(lfeTags);
        dataTags = List.copyOf(dataTags);
        coupling = List.copyOf(coupling);
        Ranges.check("front elements", front.size(), 0, 15);
        Ranges.check("side elements", side.size(), 0, 15);
        Ranges.check("back elements", back.size(), 0, 15);
        Ranges.check("lfe elements", lfeTags.size(), 0, 3);
        Ranges.check("associated data elements", dataTags.size(), 0, 7);
        Ranges.check("coupling elements", coupling.size(), 0, 15);
        lfeTags.forEach(tag -> Ranges.check("lfe tag", tag, 0, 15));
        dataTags.forEach(tag -> Ranges.check("associated data tag", tag, 0, 15));
        Ranges.check("monoMixdownTag", monoMixdownTag.orElse(0), 0, 15);
        Ranges.check("stereoMixdownTag", stereoMixdownTag.orElse(0), 0, 15);
        Ranges.check("matrixMixdown", matrixMixdown.orElse(0), 0, 7);
        Ranges.check("comment bytes", comment.size(), 0, MAX_COMMENT_BYTES);
        if (front.isEmpty() && side.isEmpty() && back.isEmpty() && lfeTags.isEmpty()) {
            throw new IllegalArgumentException("program_config_element without channels");
        }
    }

    static ProgramConfigElement read(AacBitReader in) throws MalformedException {
        int elementInstanceTag = in.read(4, "element_instance_tag");
        int objectType = in.read(2, "object_type");
        int samplingFrequencyIndex = in.read(4, "sampling_frequency_index");
        int frontCount = in.read(4, "num_front_channel_elements");
        int sideCount = in.read(4, "num_side_channel_elements");
        int backCount = in.read(4, "num_back_channel_elements");
        int lfeCount = in.read(2, "num_lfe_channel_elements");
        int dataCount = in.read(3, "num_assoc_data_elements");
        int couplingCount = in.read(4, "num_valid_cc_elements");
        if (frontCount + sideCount + backCount + lfeCount == 0) {
            throw new MalformedException("program_config_element without channels");
        }
        OptionalInt monoMixdownTag = readOptional(4, "mono_mixdown", in);
        OptionalInt stereoMixdownTag = readOptional(4, "stereo_mixdown", in);
        OptionalInt matrixMixdown = readOptional(3, "matrix_mixdown", in);
        List<Element> front = readElements(frontCount, in);
        List<Element> side = readElements(sideCount, in);
        List<Element> back = readElements(backCount, in);
        List<Integer> lfeTags = readTags(lfeCount, in);
        List<Integer> dataTags = readTags(dataCount, in);
        List<Element> coupling = readElements(couplingCount, in);
        in.align();
        Bytes comment = in.readBytes(in.read(8, "comment_field_bytes"), "comment");
        return new ProgramConfigElement(
                elementInstanceTag, objectType, samplingFrequencyIndex, front, side, back, lfeTags, dataTags, coupling,
                monoMixdownTag, stereoMixdownTag, matrixMixdown, comment);
    }

    private static OptionalInt readOptional(int bits, String field, AacBitReader in) throws MalformedException {
        return in.readFlag(field + "_present") ? OptionalInt.of(in.read(bits, field)) : OptionalInt.empty();
    }

    /** The count is at most 15: it has four bits. */
    private static List<Element> readElements(int count, AacBitReader in) throws MalformedException {
        List<Element> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(Element.read(in));
        }
        return elements;
    }

    private static List<Integer> readTags(int count, AacBitReader in) throws MalformedException {
        List<Integer> tags = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tags.add(in.read(4, "element instance tag"));
        }
        return tags;
    }

    void write(AacBitWriter out) {
        out.write(elementInstanceTag, 4);
        out.write(objectType, 2);
        out.write(samplingFrequencyIndex, 4);
        out.write(front.size(), 4);
        out.write(side.size(), 4);
        out.write(back.size(), 4);
        out.write(lfeTags.size(), 2);
        out.write(dataTags.size(), 3);
        out.write(coupling.size(), 4);
        writeOptional(monoMixdownTag, 4, out);
        writeOptional(stereoMixdownTag, 4, out);
        writeOptional(matrixMixdown, 3, out);
        front.forEach(element -> element.write(out));
        side.forEach(element -> element.write(out));
        back.forEach(element -> element.write(out));
        lfeTags.forEach(tag -> out.write(tag, 4));
        dataTags.forEach(tag -> out.write(tag, 4));
        coupling.forEach(element -> element.write(out));
        out.align();
        out.write(comment.size(), 8);
        for (int i = 0; i < comment.size(); i++) {
            out.write(comment.unsignedByteAt(i), 8);
        }
    }

    private static void writeOptional(OptionalInt value, int bits, AacBitWriter out) {
        out.write(value.isPresent());
        value.ifPresent(number -> out.write(number, bits));
    }

    /**
     * All channels but those of coupling elements.
     *
     * @return 1 to 93
     */
    public int channels() {
        return channels(front) + channels(side) + channels(back) + lfeTags.size();
    }

    private static int channels(List<Element> elements) {
        return elements.stream().mapToInt(Element::channels).sum();
    }

    /**
     * The fixed configuration whose frames have the same elements in the same order with the same tags. Channels at the sides count as
     * channels behind where the fixed configurations know only those.
     *
     * @return 1 to 7, or empty if there is none
     */
    public OptionalInt fixedChannelConfiguration() {
        return FixedConfigurations.match(this);
    }
}
