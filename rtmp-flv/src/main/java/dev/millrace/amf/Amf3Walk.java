package dev.millrace.amf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A walk through values and what is in them, in the order of the wire. What it has met before, it meets as a reference; so it ends, cycles or
 * not. It needs no stack, since a chain of references can be deeper than any nesting on the wire.
 */
final class Amf3Walk {

    /** What is told of each step. */
    interface Visitor {

        /** A value met for the first time; if it is a container, its parts come next. */
        void value(Amf3Value value);

        /** A value met again, which was the {@code index}th complex value to be met. */
        void reference(Amf3Complex value, int index);

        /** As {@link Amf3Parts#name}. */
        void name(String name);
    }

    private final Visitor visitor;
    private final Map<Amf3Complex, Integer> met = new IdentityHashMap<>();
    /** The steps ahead, the next one first. */
    private final Deque<Runnable> ahead = new ArrayDeque<>();

    Amf3Walk(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Walks through one more value. */
    void through(Amf3Value value) {
        meet(value);
        while (!ahead.isEmpty()) {
            ahead.pop().run();
        }
    }

    private void meet(Amf3Value value) {
        if (value instanceof Amf3Complex complex) {
            Integer index = met.putIfAbsent(complex, met.size());
            if (index != null) {
                visitor.reference(complex, index);
                return;
            }
        }
        visitor.value(value);
        if (value instanceof Amf3Container container) {
            goInto(container);
        }
    }

    private void goInto(Amf3Container container) {
        List<Runnable> steps = new ArrayList<>();
        container.forEachPart(new Amf3Parts() {
            @Override
            public void name(String name) {
                steps.add(() -> visitor.name(name));
            }

            @Override
            public void value(Amf3Value value) {
                steps.add(() -> meet(value));
            }
        });
        for (int i = steps.size() - 1; i >= 0; i--) {
            ahead.push(steps.get(i));
        }
    }

    /**
     * A value as a list without cycles: of scalars, shapes of containers, names, and indices for what was met before. Two values are equal if
     * their lists are.
     */
    static List<Object> flatten(Amf3Value value) {
        List<Object> flat = new ArrayList<>();
        new Amf3Walk(new Visitor() {
                    @Override
                    public void value(Amf3Value value) {
                        flat.add(value instanceof Amf3Container container ? container.shape() : value);
                    }

                    @Override
                    public void reference(Amf3Complex value, int index) {
                        flat.add(index);
                    }

                    @Override
                    public void name(String name) {
                        flat.add(name);
                    }
                })
                .through(value);
        return flat;
    }
}
