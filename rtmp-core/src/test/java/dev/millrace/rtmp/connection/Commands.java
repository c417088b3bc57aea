package dev.millrace.rtmp.connection;

import dev.millrace.amf.AmfBoolean;
import dev.millrace.amf.AmfNumber;
import dev.millrace.amf.AmfString;
import dev.millrace.rtmp.message.Command;

/** Commands that {@link dev.millrace.rtmp.session.RtmpClientSession} does not send by itself. */
final class Commands {

    private Commands() {}

    static Command publish(String name) {
        return Command.of("publish", 0, new AmfString(name), new AmfString("live"));
    }

    static Command play(String name) {
        return Command.of("play", 0, new AmfString(name));
    }

    static Command pause(boolean on) {
        return Command.of("pause", 0, new AmfBoolean(on), new AmfNumber(0));
    }

    static Command plain(String name, double transactionId) {
        return Command.of(name, transactionId);
    }
}
