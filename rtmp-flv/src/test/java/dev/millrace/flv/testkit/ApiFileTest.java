package dev.millrace.flv.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ApiFileTest {

    private static final SortedMap<String, List<String>> API = new TreeMap<>(
            Map.of("a.A", List.of("final class", "method int one()"), "a.B", List.of("enum", "constant ONE")));
    private static final String TEXT =
            """
            # Public API of this module. Behind each type, the reason why it is public.

            type a.A  # the first
                final class
                method int one()

            type a.B  # the second
                enum
                constant ONE
            """;

    /** What is described in {@link #describesWhatAHostCanUse}. */
    public abstract static sealed class Shape<T extends Number & Comparable<T>> implements RandomAccess permits Square {

        /** Protected in a class that can be extended. */
        protected static final int SIDES = 4;

        final int hidden = 0;

        protected Shape(String... names) {}

        /** Generic in everything. */
        public abstract <E extends Exception> Map<String, ? extends T[]> all(
                Function<? super T, Collection<?>> each, int[][] table) throws E;

        /** The checked exceptions count, sorted. */
        public final void close() throws IOException, InterruptedException, IllegalStateException {}

        void packagePrivate() {}

        @Override
        public String toString() {
            return "shape";
        }
    }

    /** Final, with a base class. */
    public static final class Square extends Shape<Integer> {

        @Override
        public <E extends Exception> Map<String, ? extends Integer[]> all(
                Function<? super Integer, Collection<?>> each, int[][] table) {
            return Map.of();
        }

        /** Not reported as final, since the class is; no host can call what is protected. */
        protected void unreachable() {}
    }

    /** With what a record has by itself, and more. */
    public record Point(int x, List<String> names) implements Runnable {

        public static final Point ZERO = new Point(0);

        public Point {
            names = List.copyOf(names);
        }

        public Point(int x) {
            this(x, List.of());
        }

        @Override
        public void run() {}
    }

    /** Not public, so that its members are those of its subclass. */
    abstract static class Base {

        public void inherited() {}
    }

    /** Without members of its own. */
    public static class Derived extends Base {

        Derived() {}
    }

    /** With a body that is another class. */
    public enum Kind {
        ONE {
            @Override
            int value() {
                return 1;
            }
        };

        abstract int value();
    }

    /** With one of each kind of method. */
    public interface Listener {

        void heard(Kind kind);

        default void other() {}

        static Listener none() {
            return kind -> {};
        }
    }

    @Test
    void describesWhatAHostCanUse() {
        assertEquals(
                List.of(
                        "abstract sealed class <T extends Number & Comparable<T>> implements RandomAccess"
                                + " permits ApiFileTest.Square",
                        "constructor protected (String...)",
                        "field protected static final int SIDES",
                        "method abstract <E extends Exception> Map<String, ? extends T[]>"
                                + " all(Function<? super T, Collection<?>>, int[][]) throws E",
                        "method final void close() throws IOException, InterruptedException"),
                PublicApi.describe(Shape.class));
        assertEquals(
                List.of(
                        "final class extends ApiFileTest.Shape<Integer>",
                        "constructor ()",
                        "method <E extends Exception> Map<String, ? extends Integer[]>"
                                + " all(Function<? super Integer, Collection<?>>, int[][])"),
                PublicApi.describe(Square.class));
        assertEquals(
                List.of(
                        "record implements Runnable",
                        "component 1 int x",
                        "component 2 List<String> names",
                        "constructor (int)",
                        "field static final ApiFileTest.Point ZERO",
                        "method void run()"),
                PublicApi.describe(Point.class));
        assertEquals(List.of("class", "method void inherited()"), PublicApi.describe(Derived.class));
        assertEquals(List.of("enum", "constant ONE"), PublicApi.describe(Kind.class));
        assertEquals(
                List.of(
                        "interface",
                        "method abstract void heard(ApiFileTest.Kind)",
                        "method default void other()",
                        "method static ApiFileTest.Listener none()"),
                PublicApi.describe(Listener.class));
    }

    @Test
    void findsNothingInItsOwnText() {
        assertEquals(TEXT, ApiFile.write(API, Map.of("a.A", "the first", "a.B", "the second", "a.C", "the third")));
        assertEquals(List.of(), ApiFile.findings(API, TEXT));
    }

    @Test
    void findsChangedMembers() {
        String text = TEXT.replace("int one()", "long one()").replace("    constant ONE\n", "");
        assertEquals(
                List.of(
                        "  type a.A",
                        "-   method long one()",
                        "+   method int one()",
                        "  type a.B",
                        "+   constant ONE"),
                ApiFile.findings(API, text));
    }

    @Test
    void findsNewAndMissingTypes() {
        assertEquals(
                List.of("+ type a.B", "+   enum", "+   constant ONE", "- type a.C"),
                ApiFile.findings(API, TEXT.replace("type a.B", "type a.C")));
    }

    @Test
    void findsTypesWithoutReason() {
        assertEquals(
                List.of("  type a.A has no reason: write it behind the #"),
                ApiFile.findings(API, TEXT.replace("  # the first", "  #")));
    }

    @Test
    void findsAnotherOrder() {
        assertEquals(List.of("order or layout differs"), ApiFile.findings(API, TEXT + "\n"));
    }

    @Test
    void keepsReasonsThroughMergeConflicts() {
        String merged = "<<<<<<< HEAD\ntype a.A  #\n=======\n" + TEXT + ">>>>>>> other\ntype a.C  # # third\n";
        assertEquals(Map.of("a.A", "the first", "a.B", "the second", "a.C", "# third"), ApiFile.reasons(merged));
    }
}
