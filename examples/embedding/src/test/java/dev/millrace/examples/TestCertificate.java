package dev.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that signs itself, made anew for a test.
 *
 * @param keyStore a PKCS #12 file
 */
public record TestCertificate(Path keyStore) {

    private static final String PASSWORD = "for tests only";

    /**
     * Has the JDK's tool make one.
     *
     * @param folder where its file goes
     * @return the certificate of {@code localhost}
     * @throws IOException if the tool does not run
     * @throws InterruptedException if the test is given up
     */
    public static TestCertificate make(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("keystore.p12");
        Process keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "server", "-keyalg", "EC",
                "-groupname", "secp256r1", "-dname", "CN=localhost", "-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(),
                "-storepass", PASSWORD).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes());
        assertEquals(0, keytool.waitFor(), output);
        return new TestCertificate(file);
    }

    /**
     * For the server.
     *
     * @return what has the key
     * @throws IOException if the file cannot be read
     * @throws GeneralSecurityException if it makes no sense
     */
    public SSLContext server() throws IOException, GeneralSecurityException {
        return OwnTransport.context(keyStore, PASSWORD.toCharArray());
    }

    /** A socket of a client that trusts this certificate and no other; a receive buffer of 0 is the system's. */
    Socket connect(int port, int receiveBytes) throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(/* keyManagers= */ null, trust.getTrustManagers(), /* random= */ null);
        Socket socket = new Socket();
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(TestClient.PATIENCE_MILLIS);
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", port, /* autoClose= */ true);
        secured.startHandshake();
        return secured;
    }
}
