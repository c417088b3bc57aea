package dev.millrace.rtmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.millrace.media.MediaKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageTypeTest {

    private static final Path SOURCES = Path.of("src", "main", "java");

    /** A type compared with a number, a constant of one, or a switch over numbers of types. */
    private static final Pattern BARE_NUMBER =
            Pattern.compile("\\btypeId(\\(\\))? *[=!<>]=? *\\d|TYPE_ID = \\d|switch \\([\\w.]*typeId(\\(\\))?\\)");

    @Test
    void findsEachTypeByItsNumber() {
        Map<Integer, MessageType> expected = new TreeMap<>();
        for (MessageType type : MessageType.values()) {
            expected.put(type.number(), type);
        }
        assertEquals(Set.of(-1, 1, 2, 3, 4, 5, 6, 8, 9, 15, 16, 17, 18, 19, 20, 22), expected.keySet());
        for (int number = -2; number < 300; number++) {
            assertSame(expected.getOrDefault(number, MessageType.UNKNOWN), MessageType.of(number));
        }
        assertSame(MessageType.UNKNOWN, MessageType.of(Integer.MIN_VALUE));
        assertSame(MessageType.UNKNOWN, MessageType.of(Integer.MAX_VALUE));
    }

    @Test
    void mediaTypesHaveTheNumbersOfTagsInFlv() {
        assertEquals(MediaKind.AUDIO.typeId(), MessageType.AUDIO.number());
        assertEquals(MediaKind.VIDEO.typeId(), MessageType.VIDEO.number());
        assertEquals(MediaKind.DATA.typeId(), MessageType.DATA_AMF0.number());
    }

    @Test
    void dividesTypesIntoControlMediaAndOthers() {
        Set<MessageType> control = EnumSet.noneOf(MessageType.class);
        Set<MessageType> media = EnumSet.noneOf(MessageType.class);
        for (MessageType type : MessageType.values()) {
            if (type.isControl()) {
                control.add(type);
            }
            if (type.isMedia()) {
                media.add(type);
            }
        }
        assertEquals(EnumSet.range(MessageType.SET_CHUNK_SIZE, MessageType.SET_PEER_BANDWIDTH), control);
        assertEquals(
                Set.of(MessageType.AUDIO, MessageType.VIDEO, MessageType.DATA_AMF0, MessageType.DATA_AMF3), media);
    }

    @Test
    void noOtherSourceNamesATypeByItsNumber() throws IOException {
        Map<String, String> bare = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
            for (Path file : sources) {
                if (!file.endsWith("MessageType.java")) {
                    collectBareNumbers(file, bare);
                }
            }
        }
        assertEquals(Map.of(), bare);
    }

    private static void collectBareNumbers(Path file, Map<String, String> bare) throws IOException {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String code = lines.get(i).strip();
            boolean comment = code.startsWith("*") || code.startsWith("/*") || code.startsWith("//");
            if (!comment && BARE_NUMBER.matcher(code).find()) {
                bare.put(SOURCES.relativize(file) + ":" + (i + 1), code);
            }
        }
    }
}
