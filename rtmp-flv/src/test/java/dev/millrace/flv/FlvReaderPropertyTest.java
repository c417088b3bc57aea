package dev.millrace.flv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.media.Bytes;
import dev.millrace.media.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class FlvReaderPropertyTest {

    private static byte[] write(List<FlvTag> tags) {
        ByteBuf out = Unpooled.buffer();
        FlvWriter.write(new FlvHeader(true, true), out);
        tags.forEach(tag -> FlvWriter.write(tag, out));
        return Bytes.copyOf(out).toByteArray();
    }

    private static List<FlvTag> read(byte[] file, int pieceBytes, FlvReader reader) throws MalformedException {
        List<FlvTag> tags = new ArrayList<>();
        for (int at = 0; at < file.length; at += pieceBytes) {
            reader.append(Unpooled.wrappedBuffer(file, at, Math.min(pieceBytes, file.length - at)));
            drain(reader, tags);
        }
        reader.end();
        drain(reader, tags);
        return tags;
    }

    private static void drain(FlvReader reader, List<FlvTag> tags) throws MalformedException {
        for (Optional<FlvTag> tag = reader.read(); tag.isPresent(); tag = reader.read()) {
            tags.add(tag.get());
        }
    }

    @Property(tries = 300)
    void whatWasWrittenIsReadHoweverItIsCut(@ForAll("tags") List<FlvTag> tags, @ForAll @IntRange(min = 1, max = 64) int pieceBytes)
            throws Exception {
        FlvReader reader = new FlvReader();
        assertEquals(tags, read(write(tags), pieceBytes, reader));
        assertEquals(FlvDamage.NONE, reader.damage());
    }

    @Property(tries = 500)
    void aFlippedByteCostsNeverMoreThanItsTagAndTheNext(
            @ForAll("tags") List<FlvTag> tags, @ForAll @IntRange(min = 13, max = 100_000) int index, @ForAll @IntRange(min = 1, max = 255) int flip)
            throws Exception {
        byte[] file = write(tags);
        if (index < file.length) {
            file[index] ^= (byte) flip;
            FlvReader reader = new FlvReader();
            List<FlvTag> read = read(file, 50, reader);
            long same = read.stream().filter(tags::contains).count();
            // A size that points at what looks like a tag by chance makes one of all that lies before it.
            boolean looksLikeATag = reader.damage().wrongBackPointers() > 0;
            assertTrue(looksLikeATag || same >= distinct(tags) - 2 || read.size() >= tags.size() - 2, () -> "read " + read + " of " + tags);
        }
    }

    private static long distinct(List<FlvTag> tags) {
        return tags.stream().distinct().count();
    }

    @Property(tries = 500)
    void anyBytesAreReadOrRefused(@ForAll byte[] rubbish, @ForAll @IntRange(min = 1, max = 20) int pieceBytes) throws Exception {
        byte[] file = write(List.of());
        byte[] all = new byte[file.length + rubbish.length];
        System.arraycopy(file, 0, all, 0, file.length);
        System.arraycopy(rubbish, 0, all, file.length, rubbish.length);
        FlvReader reader = new FlvReader();
        List<FlvTag> tags = read(all, pieceBytes, reader);
        long inTags = tags.stream().mapToLong(tag -> tag.body().size() + 15L).sum();
        assertTrue(inTags + reader.damage().skippedBytes() <= rubbish.length, reader.damage()::toString);
        try {
            read(rubbish, pieceBytes, new FlvReader());
        } catch (MalformedException refused) {
            assertTrue(refused.getMessage().startsWith("file begins with"), refused.getMessage());
        }
    }

    @Provide
    Arbitrary<List<FlvTag>> tags() {
        Arbitrary<Bytes> bodies = Arbitraries.bytes().array(byte[].class).ofMaxSize(80).map(Bytes::copyOf);
        Arbitrary<Integer> times = Arbitraries.oneOf(
                Arbitraries.of(0, 0xFFFFFF, 0x1000000, Integer.MAX_VALUE, Integer.MIN_VALUE, -1), Arbitraries.integers());
        return Combinators.combine(Arbitraries.of(8, 9, 15, 18), times, bodies).as(FlvTag::new).list().ofMaxSize(12);
    }
}
