package dev.millrace.amf;

import dev.millrace.media.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes AMF3 values at random, with values in several places and values inside themselves. Confined to one thread. */
final class Amf3Graphs {

    private static final int MAX_LEVELS = 5;
    private static final List<String> TEXTS = List.of("", "a", "b", "\0\r\n", "\u00e9\u20ac", "\ud83d\ude00", "name", "x".repeat(64));

    private final Random random;
    /** All that a reference can point to, built or not. */
    private final List<Amf3Complex> begun = new ArrayList<>();

    private Amf3Graphs(Random random) {
        this.random = random;
    }

    static Amf3Value any(Random random) {
        return new Amf3Graphs(random).value(/* level= */ 0);
    }

    private Amf3Value value(int level) {
        if (!begun.isEmpty() && random.nextInt(4) == 0) {
            return begun.get(random.nextInt(begun.size()));
        }
        int kind = random.nextInt(level < MAX_LEVELS ? 15 : 10);
        return switch (kind) {
            case 0 -> Amf3Constant.values()[random.nextInt(4)];
            case 1 -> new Amf3Integer(random.nextInt() >> 3 + random.nextInt(29));
            case 2 -> new Amf3Double(random.nextBoolean() ? random.nextGaussian() : Double.POSITIVE_INFINITY);
            case 3 -> new Amf3String(text());
            case 4 -> begin(new Amf3XmlDocument(text()));
            case 5 -> begin(new Amf3Xml(text()));
            case 6 -> begin(new Amf3Date(random.nextInt(3)));
            case 7 -> begin(new Amf3ByteArray(Bytes.copyOf(new byte[random.nextInt(4)])));
            case 8 -> begin(Amf3NumberVector.ofInts(random.nextBoolean(), random.ints(random.nextInt(4)).toArray()));
            case 9 -> begin(random.nextBoolean()
                    ? Amf3NumberVector.ofUints(random.nextBoolean(), random.nextInt() & 0xFFFFFFFFL)
                    : Amf3NumberVector.ofDoubles(random.nextBoolean(), random.doubles(random.nextInt(4)).toArray()));
            case 10 -> array(level + 1);
            case 11, 12 -> object(level + 1);
            case 13 -> vector(level + 1);
            default -> dictionary(level + 1);
        };
    }

    private Amf3Array array(int level) {
        Amf3Array.Builder builder = Amf3Array.builder();
        begin(builder.node());
        for (int i = random.nextInt(3); i > 0; i--) {
            builder.put(name(), value(level));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            builder.add(value(level));
        }
        return builder.build();
    }

    private Amf3Object object(int level) {
        List<String> sealedNames = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            sealedNames.add(text());
        }
        Amf3Object.Builder builder = Amf3Object.builder(new Amf3Traits(text(), random.nextBoolean(), sealedNames));
        begin(builder.node());
        sealedNames.forEach(name -> builder.addSealed(value(level)));
        for (int i = random.nextInt(4); i > 0 && builder.node().traits().dynamic(); i--) {
            builder.put(name(), value(level));
        }
        return builder.build();
    }

    private Amf3ObjectVector vector(int level) {
        Amf3ObjectVector.Builder builder = Amf3ObjectVector.builder(text(), random.nextBoolean());
        begin(builder.node());
        for (int i = random.nextInt(4); i > 0; i--) {
            builder.add(value(level));
        }
        return builder.build();
    }

    private Amf3Dictionary dictionary(int level) {
        Amf3Dictionary.Builder builder = Amf3Dictionary.builder(random.nextBoolean());
        begin(builder.node());
        for (int i = random.nextInt(3); i > 0; i--) {
            builder.add(value(level), value(level));
        }
        return builder.build();
    }

    private <T extends Amf3Complex> T begin(T value) {
        begun.add(value);
        return value;
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private String name() {
        return TEXTS.get(1 + random.nextInt(TEXTS.size() - 1));
    }
}
