package dev.millrace.amf;

/**
 * A value that the wire can refer to instead of repeating it.
 *
 * <p>It has identity: {@link Amf3Writer} writes it where it first meets it, and a reference wherever it meets the same one again.
 */
public sealed interface Amf3Complex extends Amf3Value
        permits Amf3XmlDocument, Amf3Xml, Amf3Date, Amf3ByteArray, Amf3NumberVector, Amf3Container {}
