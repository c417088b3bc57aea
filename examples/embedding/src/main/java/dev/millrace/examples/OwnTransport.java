package dev.millrace.examples;

import dev.millrace.rtmp.RtmpLimits;
import dev.millrace.rtmp.connection.AccessPolicy;
import dev.millrace.rtmp.connection.ConnectionServices;
import dev.millrace.rtmp.connection.RtmpConnection;
import dev.millrace.rtmp.connection.RtmpListener;
import dev.millrace.rtmp.stream.StreamRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * RTMPS over TLS sockets of the JDK, without Netty's channels. This class accepts clients and calls the
 * timers of their connections; {@link TlsTransport} carries their bytes.
 *
 * <p>All connections run on one executor, so that players of one stream share encoded batches. With {@link
 * dev.millrace.rtmp.server.RtmpServer}, add Netty's {@code SslHandler} in front instead; registry, access
 * policy and listener can be the same for both.
 */
public final class OwnTransport implements AutoCloseable {

    /** Each client uses two threads. Further clients wait in the backlog of the socket. */
    private static final int MAX_CONNECTIONS = 256;

    private static final long TICK_MILLIS = 100;
    private static final long CLOSE_SECONDS = 10;

    private final ServerSocket listening;
    private final SSLSocketFactory tls;
    private final ConnectionServices services;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
    private final Set<RtmpConnection> open = ConcurrentHashMap.newKeySet();

    private OwnTransport(ServerSocket listening, SSLContext context, ConnectionServices services) {
        this.listening = listening;
        this.tls = context.getSocketFactory();
        this.services = services;
    }

    /**
     * Runs until the process is terminated.
     *
     * @param arguments the port, and a PKCS #12 file with the server's key and certificate. Its password is in the environment, as
     *     {@code KEYSTORE_PASSWORD}
     * @throws IOException if the file cannot be read, or the port is taken
     * @throws GeneralSecurityException if the file has no key, or another password
     */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        String password = Optional.ofNullable(System.getenv("KEYSTORE_PASSWORD")).orElse("");
        SSLContext context = context(Path.of(arguments[1]), password.toCharArray());
        ConnectionServices services =
                ConnectionServices.create(AccessPolicy.ALLOW_ALL, StreamRegistry.inMemory(), RtmpListener.NONE, RtmpLimits.DEFAULT);
        OwnTransport started = start(Integer.parseInt(arguments[0]), context, services);
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "shutdown"));
        System.out.println("Publish to rtmps://localhost:" + started.port() + "/live/NAME, and play it there");
    }

    /**
     * Creates the TLS context of a server.
     *
     * @param keyStore a PKCS #12 file
     * @param password the password of the file and its key
     * @return a context for servers
     * @throws IOException if the file cannot be read
     * @throws GeneralSecurityException if it has no key, or another password
     */
    public static SSLContext context(Path keyStore, char[] password) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(keyStore.toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), /* trustManagers= */ null, /* random= */ null);
        return context;
    }

    /**
     * Starts listening.
     *
     * @param port 0 for any free one
     * @param context has the key of the server
     * @param services shared by all connections
     * @return a running instance, which the caller closes
     * @throws IOException if the port is taken
     */
    public static OwnTransport start(int port, SSLContext context, ConnectionServices services) throws IOException {
        OwnTransport started = new OwnTransport(new ServerSocket(port), context, services);
        TlsTransport.thread("rtmps-accept", started::acceptAll);
        return started;
    }

    /**
     * Returns the port.
     *
     * @return the actual port
     */
    public int port() {
        return listening.getLocalPort();
    }

    private void acceptAll() {
        while (!listening.isClosed()) {
            places.acquireUninterruptibly();
            try {
                Socket socket = listening.accept();
                TlsTransport transport = new TlsTransport(socket, secured(socket), executor, services.limits().outbound());
                executor.execute(() -> serve(transport));
            } catch (IOException e) {
                // The server socket was closed, or this client left before it was served: accept the next one.
                places.release();
            }
        }
    }

    /** Returns server-side TLS over an open socket. The handshake runs with the first read. */
    private SSLSocket secured(Socket socket) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            return (SSLSocket) tls.createSocket(socket, InputStream.nullInputStream(), /* autoClose= */ true);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Runs on the executor, as everything that a connection does. */
    private void serve(TlsTransport transport) {
        RtmpConnection connection = RtmpConnection.open(transport, services);
        open.add(connection);
        Future<?> ticker = executor.scheduleWithFixedDelay(
                () -> connection.transportListener().onTime(services.clock().millis()), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        transport.start(connection.transportListener(), () -> {
            ticker.cancel(/* mayInterruptIfRunning= */ false);
            open.remove(connection);
            places.release();
        });
        if (listening.isClosed()) {
            connection.shutDown(); // it came while the others were told
        }
    }

    /** Closes all connections, and waits for them for a limited time. */
    @Override
    public void close() {
        try {
            listening.close();
            open.forEach(RtmpConnection::shutDown);
            if (places.tryAcquire(MAX_CONNECTIONS, CLOSE_SECONDS, TimeUnit.SECONDS)) {
                places.release(MAX_CONNECTIONS); // whoever closes again need not wait
            } else {
                System.err.println("not all connections were closed in time");
            }
        } catch (IOException e) {
            throw new IllegalStateException("a socket that listens could not be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.shutdown();
    }
}
