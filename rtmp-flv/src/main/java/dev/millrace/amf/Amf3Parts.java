package dev.millrace.amf;

/** Takes the parts of a container, in the order of the wire. */
interface Amf3Parts {

    /** The name of the value that comes next, or the empty name that ends the named ones. */
    void name(String name);

    void value(Amf3Value value);
}
