package dev.millrace.rtmp.message;

import dev.millrace.amf.Amf0Reader;
import dev.millrace.amf.Amf0Writer;
import dev.millrace.amf.AmfConstant;
import dev.millrace.amf.AmfLimits;
import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfProperties;
import dev.millrace.amf.AmfString;
import dev.millrace.amf.AmfValue;
import dev.millrace.media.MalformedException;
import dev.millrace.rtmp.MessageType;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A call, or the answer to one (RTMP 1.0, section 7.2).
 *
 * @param name what is called; {@code _result} and {@code _error} answer
 * @param transactionId pairs answers with calls; 0 wants no answer
 * @param arguments the command object, or null value, and whatever follows it
 */
public record Command(String name, double transactionId, List<AmfValue> arguments) implements RtmpMessage {

    /** Checks for null and copies the list. */
    public Command {
        Objects.requireNonNull(name, "name");
        arguments = List.copyOf(arguments);
    }

    /**
     * Makes a command without a command object.
     *
     * @param name what is called
     * @param transactionId 0 if no answer is wanted
     * @param arguments what follows the null in place of the command object
     * @return the command
     */
    public static Command of(String name, double transactionId, AmfValue... arguments) {
        List<AmfValue> all = new ArrayList<>();
        all.add(AmfConstant.NULL);
        all.addAll(List.of(arguments));
        return new Command(name, transactionId, all);
    }

    static Command parse(ByteBuf body, AmfLimits limits) throws MalformedException {
        List<AmfValue> values = Amf0Reader.readAll(body, limits);
        if (values.isEmpty() || !(values.get(0) instanceof AmfString name)) {
            throw new MalformedException("command name is " + (values.isEmpty() ? "missing" : values.get(0)) + ", not a string");
        }
        double transactionId = values.size() > 1 && values.get(1) instanceof AmfNumber number && Double.isFinite(number.value())
                ? number.value()
                : 0;
        return new Command(name.value(), transactionId, values.subList(Math.min(2, values.size()), values.size()));
    }

    /**
     * An argument, if it is there and is a string.
     *
     * @param index 0 is the command object
     * @return its text
     */
    public Optional<String> string(int index) {
        return index < arguments.size() && arguments.get(index) instanceof AmfString text ? Optional.of(text.value()) : Optional.empty();
    }

    /**
     * An argument, if it is there and is a finite number.
     *
     * @param index 0 is the command object
     * @return its value
     */
    public Optional<Double> number(int index) {
        return index < arguments.size() && arguments.get(index) instanceof AmfNumber number && Double.isFinite(number.value())
                ? Optional.of(number.value())
                : Optional.empty();
    }

    /**
     * An argument, if it is there and has properties.
     *
     * @param index 0 is the command object
     * @return object or array with names
     */
    public Optional<AmfProperties> properties(int index) {
        return index < arguments.size() && arguments.get(index) instanceof AmfProperties object ? Optional.of(object) : Optional.empty();
    }

    @Override
    public int typeId() {
        return MessageType.COMMAND_AMF0.number();
    }

    @Override
    public void writeTo(ByteBuf out) {
        Amf0Writer.write(new AmfString(name), out);
        Amf0Writer.write(new AmfNumber(transactionId), out);
        Amf0Writer.writeAll(arguments, out);
    }
}
