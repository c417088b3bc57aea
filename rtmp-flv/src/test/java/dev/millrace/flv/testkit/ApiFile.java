package dev.millrace.flv.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file {@code api.txt} of a module: its public API as text, and the reason why each type is public. A test of each
 * module fails if the API changes and the file does not.
 *
 * <pre>
 * type dev.millrace.media.MediaFrame  # one message of a stream: what every host passes around
 *     final class
 *     method int timestampMillis()
 * </pre>
 */
public final class ApiFile {

    /** The system property with which the test writes the file. */
    private static final String UPDATE = "api.update";

    private static final String TYPE = "type ";
    private static final String REASON = "  #";
    private static final String INDENT = "    ";

    private ApiFile() {}

    /**
     * Compares the file with the API. Writes it instead, keeping the reasons, if the system property {@code api.update}
     * is true; a type without a reason is found when the test runs again.
     *
     * @param module folder of the module, with {@code api.txt} and {@code target/classes}
     * @throws AssertionError if the API differs from the file, or a type has no reason
     */
    public static void check(Path module) throws IOException {
        Path file = module.resolve("api.txt");
        SortedMap<String, List<String>> api = PublicApi.of(module.resolve("target/classes"));
        String text = Files.exists(file) ? Files.readString(file) : "";
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(file, write(api, reasons(text)));
            return;
        }
        List<String> findings = findings(api, text);
        if (!findings.isEmpty()) {
            throw new AssertionError(
                    """
                    %s does not match the public API:
                    %s
                    If the change is meant, run this, give each new type its reason, and commit the file:
                    mvn -q -B test -pl rtmp-flv,rtmp-core,rtmp-hls,rtmp-hls/testkit -Dtest=PublicApiTest \\
                        -Dsurefire.failIfNoSpecifiedTests=false -Dapi.update=true"""
                            .formatted(file.toAbsolutePath().normalize(), String.join("\n", findings)));
        }
    }

    /** What the file should say and does not, one finding a line; empty if it is right. */
    static List<String> findings(SortedMap<String, List<String>> api, String text) {
        Map<String, String> reasons = reasons(text);
        Map<String, List<String>> file = types(text);
        List<String> findings = new ArrayList<>();
        api.forEach((name, members) -> {
            List<String> listed = file.getOrDefault(name, List.of());
            List<String> changes = new ArrayList<>();
            listed.stream().filter(member -> !members.contains(member)).forEach(member -> changes.add("-   " + member));
            members.stream().filter(member -> !listed.contains(member)).forEach(member -> changes.add("+   " + member));
            if (!changes.isEmpty()) {
                findings.add((file.containsKey(name) ? "  " : "+ ") + TYPE + name);
                findings.addAll(changes);
            }
            if (file.containsKey(name) && reasons.getOrDefault(name, "").isEmpty()) {
                findings.add("  " + TYPE + name + " has no reason: write it behind the #");
            }
        });
        file.keySet().stream().filter(name -> !api.containsKey(name)).forEach(name -> findings.add("- " + TYPE + name));
        if (findings.isEmpty() && !write(api, reasons).equals(text)) {
            findings.add("order or layout differs");
        }
        return findings;
    }

    /** The text of the file. */
    static String write(SortedMap<String, List<String>> api, Map<String, String> reasons) {
        StringBuilder text =
                new StringBuilder("# Public API of this module. Behind each type, the reason why it is public.\n");
        api.forEach((name, members) -> {
            text.append('\n').append(TYPE).append(name).append(REASON);
            String reason = reasons.getOrDefault(name, "");
            text.append(reason.isEmpty() ? "" : " " + reason).append('\n');
            members.forEach(member -> text.append(INDENT).append(member).append('\n'));
        });
        return text.toString();
    }

    /** The reasons in a file, also in one with merge conflicts. */
    static Map<String, String> reasons(String text) {
        Map<String, String> reasons = new HashMap<>();
        text.lines().filter(line -> line.startsWith(TYPE) && line.contains(REASON)).forEach(line -> {
            int at = line.indexOf(REASON);
            String reason = line.substring(at + REASON.length()).strip();
            reasons.merge(line.substring(TYPE.length(), at), reason, (one, other) -> one.isEmpty() ? other : one);
        });
        return reasons;
    }

    private static Map<String, List<String>> types(String text) {
        Map<String, List<String>> types = new TreeMap<>();
        List<String> members = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith(TYPE)) {
                members = new ArrayList<>();
                types.put(line.substring(TYPE.length()).split(REASON, 2)[0], members);
            } else if (line.startsWith(INDENT)) {
                members.add(line.substring(INDENT.length()));
            }
        }
        return types;
    }
}
