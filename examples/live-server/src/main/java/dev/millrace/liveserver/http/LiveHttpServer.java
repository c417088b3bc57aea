package dev.millrace.liveserver.http;

import dev.millrace.hls.origin.HlsOrigin;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP/1.1 side of LiveServer. Has its own threads, none of which waits for a client; threads of the RTMP
 * side are never used. Thread-safe.
 */
public final class LiveHttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveHttpServer.class);

    private static final int MAX_THREADS = 32;
    private static final int MIN_THREADS = 8;
    private static final int HEADER_BYTES = 8 << 10;
    private static final int ACCEPT_QUEUE = 256;
    private static final long STOP_MILLIS = 1_000;
    /** So long may a connection say and take nothing while the server closes. */
    private static final long STOP_IDLE_MILLIS = 200;

    private final Server server;
    private final ServerConnector connector;
    private final FlvViewers viewers;
    private final Health health;

    private LiveHttpServer(Server server, ServerConnector connector, FlvViewers viewers, Health health) {
        this.server = server;
        this.connector = connector;
        this.viewers = viewers;
        this.health = health;
    }

    /**
     * Starts to listen.
     *
     * @param options how
     * @param streams what there is to tell and to watch
     * @param clients who publishes
     * @param hls streams as HLS, if they are
     * @param snapshots makes pictures
     * @return a server at work
     * @throws BindException if the port is taken
     * @throws IOException if it cannot listen for another reason, or its own files are not on the class path
     */
    public static LiveHttpServer start(
            HttpServerOptions options, LiveStreams streams, RtmpClients clients, Optional<HlsOrigin> hls, SnapshotSource snapshots)
            throws IOException {
        return start(options, streams, clients, hls, snapshots, StaticFiles.read(StaticFiles.PAGE));
    }

    static LiveHttpServer start(
            HttpServerOptions options, LiveStreams streams, RtmpClients clients, Optional<HlsOrigin> hls, SnapshotSource snapshots,
            StaticFiles files) throws IOException {
        HttpLimits limits = options.limits();
        Server server = new Server(threads());
        server.setErrorHandler(new JsonErrorHandler());
        ServerConnector connector = new ServerConnector(server, /* acceptors= */ 1, /* selectors= */ 1, new HttpConnectionFactory(rules(limits)));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(limits.keepAlive().toMillis());
        connector.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
        RequestDeadlines deadlines = new RequestDeadlines(connector.getScheduler(), limits.keepAlive().plus(limits.headers()));
        connector.addBean(deadlines);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.maxConnections(), connector));
        FlvViewers viewers = new FlvViewers(limits.maxFlvViewers());
        Health health = new Health();
        StreamJson json = new StreamJson(streams, clients, viewers, hls, options.rtmpPort(), InstantSource.system());
        server.setHandler(new GracefulHandler(new Router(new Router.Routes(
                Router.server(options, hls.isPresent()),
                new StreamsApi(streams, json, new StreamPictures(streams, snapshots), new AdminAccess(options.adminToken())),
                new FlvHandler(streams, viewers),
                hls.map(HlsHandler::new),
                new MetricsHandler(new Metrics(streams, clients, viewers, hls)),
                files,
                health,
                deadlines))));
        server.setStopTimeout(STOP_MILLIS);
        open(connector, options);
        LiveHttpServer live = new LiveHttpServer(server, connector, viewers, health);
        live.startServer();
        return live;
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        return threads;
    }

    private static HttpConfiguration rules(HttpLimits limits) {
        HttpConfiguration rules = new HttpConfiguration();
        rules.setSendServerVersion(false);
        rules.setRequestHeaderSize(HEADER_BYTES);
        // While a request is answered; between two of them the connector's idle time counts.
        rules.setIdleTimeout(limits.noProgress().toMillis());
        // The names of streams come as one segment, and are decoded here alone.
        rules.setUriCompliance(UriCompliance.DEFAULT.with("streams", Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING));
        return rules;
    }

    /** Before anything else is started, since this is what fails. */
    private static void open(ServerConnector connector, HttpServerOptions options) throws IOException {
        if (new InetSocketAddress(options.host(), options.port()).isUnresolved()) {
            throw new UnknownHostException(options.host());
        }
        try {
            connector.open();
        } catch (IOException e) {
            throw e.getCause() instanceof BindException taken ? taken : e;
        }
    }

    private void startServer() throws IOException {
        try {
            server.start();
        } catch (Exception e) { // what it declares
            close();
            throw new IOException("HTTP server: " + e, e);
        }
    }

    /**
     * The port it listens on.
     *
     * @return the real port where the options said 0
     */
    public int port() {
        return connector.getLocalPort();
    }

    /** Tells load balancers to send nobody any more. All else goes on. */
    public void announceClose() {
        health.closing();
    }

    /** Ends responses without an end, waits a little for the others, and closes. */
    @Override
    public void close() {
        health.closing();
        viewers.endAll();
        try {
            server.stop();
        } catch (Exception e) { // what it declares
            LOG.debug("HTTP responses were cut off: {}", e.toString());
        }
    }
}
