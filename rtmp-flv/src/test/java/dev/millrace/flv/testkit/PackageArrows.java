package dev.millrace.flv.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.spi.ToolProvider;

/** Which packages of a module use which, read from its class files. */
public final class PackageArrows {

    private PackageArrows() {}

    /**
     * Reads the arrows.
     *
     * @param classes folder of class files
     * @return for each package of ours the packages that it uses, without those of the JDK
     */
    public static Map<String, Set<String>> of(Path classes) {
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow(() -> new IllegalStateException("this JVM has no jdeps"));
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        // The folder below the module descriptor: with the descriptor, jdeps wants to see all modules that it requires.
        int exitCode = jdeps.run(printer, printer, "-verbose:package", "-filter:none", classes.resolve("dev").toString());
        if (exitCode != 0) {
            throw new IllegalStateException("jdeps ended with " + exitCode + ": " + out);
        }
        Map<String, Set<String>> arrows = new TreeMap<>();
        out.toString().lines().map(line -> line.strip().split("\\s+")).filter(PackageArrows::isArrow).forEach(words -> {
            Set<String> targets = arrows.computeIfAbsent(words[0], name -> new TreeSet<>());
            if (!words[2].startsWith("java.") && !words[2].startsWith("javax.") && !words[2].equals(words[0])) {
                targets.add(words[2]);
            }
        });
        return arrows;
    }

    private static boolean isArrow(String[] words) {
        return words.length > 2 && words[0].startsWith("dev.millrace.") && words[1].equals("->");
    }
}
