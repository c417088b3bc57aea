package dev.millrace.liveserver.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which no complete request arrives in time. Idle timeouts do not: a client that sends
 * a byte of its headers now and then is never idle. Connections whose request is being answered are not
 * closed. Thread-safe.
 */
final class RequestDeadlines extends AbstractLifeCycle implements Connection.Listener {

    private final Scheduler scheduler;
    private final long withinNanos;
    private final long sweepMillis;
    private final Map<Connection, Long> deadlineNanos = new ConcurrentHashMap<>();

    RequestDeadlines(Scheduler scheduler, Duration within) {
        this.scheduler = scheduler;
        this.withinNanos = within.toNanos();
        this.sweepMillis = Math.max(1, Math.min(1_000, within.toMillis() / 4));
    }

    @Override
    protected void doStart() {
        scheduler.schedule(this::sweep, sweepMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        deadlineNanos.put(connection, System.nanoTime() + withinNanos);
    }

    @Override
    public void onClosed(Connection connection) {
        deadlineNanos.remove(connection);
    }

    /** A request has arrived: the clock stands until it is answered. */
    void arrived(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        deadlineNanos.remove(connection);
        Request.addCompletionListener(request, failure -> {
            if (connection.getEndPoint().isOpen()) {
                onOpened(connection);
            }
            // Closed just before this, without having been known.
            if (!connection.getEndPoint().isOpen()) {
                onClosed(connection);
            }
        });
    }

    private void sweep() {
        long nowNanos = System.nanoTime();
        deadlineNanos.forEach((connection, deadline) -> {
            if (nowNanos - deadline > 0) {
                deadlineNanos.remove(connection);
                connection.getEndPoint().close();
            }
        });
        if (isRunning()) {
            scheduler.schedule(this::sweep, sweepMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** Connections that a request is awaited on, for tests. */
    int awaited() {
        return deadlineNanos.size();
    }
}
