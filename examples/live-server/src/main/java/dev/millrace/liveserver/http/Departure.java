package dev.millrace.liveserver.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Detects that a client closes its connection while it receives an endless response, even if nothing is being
 * written. The server does not read meanwhile, so this class may: the connection ends with the response.
 */
final class Departure implements Callback {

    private static final int PROBE_BYTES = 64;

    private final EndPoint endPoint;
    private final Consumer<Throwable> gone;

    private Departure(EndPoint endPoint, Consumer<Throwable> gone) {
        this.endPoint = endPoint;
        this.gone = gone;
    }

    /** Watches; to be called before the response is committed. */
    static void watch(Call call, Consumer<Throwable> gone) {
        call.set(HttpHeader.CONNECTION, "close");
        EndPoint endPoint = call.request().getConnectionMetaData().getConnection().getEndPoint();
        endPoint.tryFillInterested(new Departure(endPoint, gone));
    }

    /** There is something to read, or the end. */
    @Override
    public void succeeded() {
        ByteBuffer probe = BufferUtil.allocate(PROBE_BYTES);
        try {
            int read = endPoint.fill(probe);
            if (read == 0) {
                endPoint.tryFillInterested(this);
            } else if (read < 0) {
                failed(new EofException("the client has left"));
            }
            // Who talks on is not listened to any more; writes will tell when it leaves.
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void failed(Throwable why) {
        gone.accept(why);
        endPoint.close();
    }
}
