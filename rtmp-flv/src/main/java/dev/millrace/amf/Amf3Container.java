package dev.millrace.amf;

/**
 * A value with other values inside, which may be itself.
 *
 * <p>Such a cycle has to be closed before the value is whole. Therefore each builder has a {@code node()}: the value that it is going to build,
 * to be put inside itself or inside what it contains. Until {@code build()} a node can only be put somewhere and printed. Everything else that
 * is done with it, or with a value around it, throws {@link IllegalStateException}. From then on it is immutable, and any thread may use it.
 */
public abstract sealed class Amf3Container implements Amf3Complex permits Amf3Array, Amf3Object, Amf3ObjectVector, Amf3Dictionary {

    /** Volatile, so that whoever sees it set sees the parts. */
    private volatile boolean built;

    Amf3Container() {}

    /** What there is to compare besides the parts. */
    abstract Object shape();

    /** Names the parts in the order of the wire. They must have been built. */
    abstract void forEachPart(Amf3Parts parts);

    final boolean isBuilt() {
        return built;
    }

    final void markBuilt() {
        checkOpen();
        built = true;
    }

    final void checkBuilt() {
        if (!built) {
            throw new IllegalStateException("AMF3 value not built yet");
        }
    }

    final void checkOpen() {
        if (built) {
            throw new IllegalStateException("AMF3 value already built");
        }
    }

    /** Refuses the name of a member that the wire cannot have: the empty one ends the members. */
    static void checkName(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("AMF3 member name is empty");
        }
    }

    /** Whether the other has the same content in the same order, and shares the same parts. */
    @Override
    public final boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof Amf3Container that && shape().equals(that.shape()) && Amf3Walk.flatten(this).equals(Amf3Walk.flatten(that));
    }

    @Override
    public final int hashCode() {
        return Amf3Walk.flatten(this).hashCode();
    }

    @Override
    public final String toString() {
        return Amf3LogText.of(this);
    }
}
