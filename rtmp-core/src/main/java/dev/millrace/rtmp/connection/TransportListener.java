package dev.millrace.rtmp.connection;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** What a transport tells its connection, on the transport's executor. */
public interface TransportListener {

    /**
     * Bytes have arrived.
     *
     * @param in borrowed; consumed when this returns. Best at most 64 KiB
     */
    void received(ByteBuf in);

    /** No more bytes wait at the moment: frames that came in are passed on now. */
    void receivedAll();

    /** The transport is writable again. */
    void writable();

    /**
     * The transport is closed, by whichever side. The last call.
     *
     * @param failure why, if not in peace
     */
    void closed(Optional<Throwable> failure);

    /**
     * Time has passed: looks at deadlines. To be called every 100 ms or so; more often does no harm.
     *
     * @param nowMillis time on the clock of {@link ConnectionServices#clock()}
     */
    void onTime(long nowMillis);
}
