package dev.millrace.liveserver.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Decides who may change something. With a token: every client that sends it. Without: only programs on this
 * machine, and pages that this server served. Immutable.
 *
 * <p>A page of another site that runs in a browser on this machine is refused: the browser sends a CORS
 * preflight before a DELETE to another origin, which is never granted. If the other site makes its name
 * resolve to this machine (DNS rebinding), the Host header reveals it, since it must be an address or {@code
 * localhost}. A client of a proxy on this machine is refused by the header that proxies add.
 */
final class AdminAccess {

    private static final String BEARER = "bearer ";
    private static final List<String> PROXY_HEADERS = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");
    private static final Pattern LOCAL_OR_ADDRESS = Pattern.compile("localhost|[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[?[0-9a-f:.%]*:[0-9a-f:.%]*]?");

    private final Optional<byte[]> token;

    AdminAccess(Optional<String> token) {
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the client may. If not, it has been told so. */
    boolean allows(Call call) {
        if (token.isPresent()) {
            return showsToken(call, token.get());
        }
        Optional<String> objection = objection(call);
        objection.ifPresent(why -> JsonAnswers.error(call, 403, why));
        return objection.isEmpty();
    }

    private static boolean showsToken(Call call, byte[] expected) {
        String shown = call.header("Authorization").orElse("");
        boolean bearer = shown.toLowerCase(Locale.ROOT).startsWith(BEARER);
        byte[] given = (bearer ? shown.substring(BEARER.length()).strip() : "").getBytes(StandardCharsets.UTF_8);
        // Takes as long whatever is given.
        if (MessageDigest.isEqual(expected, given)) {
            return true;
        }
        call.set(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        JsonAnswers.error(call, 401, "the admin token is needed");
        return false;
    }

    private static Optional<String> objection(Call call) {
        if (!isLoopback(call) || PROXY_HEADERS.stream().anyMatch(name -> call.header(name).isPresent())) {
            return Optional.of("allowed from this machine only, or with an admin token");
        }
        String host = Optional.ofNullable(call.request().getHttpURI().getHost()).orElse("").toLowerCase(Locale.ROOT);
        if (!LOCAL_OR_ADDRESS.matcher(host).matches()) {
            return Optional.of("the Host header must be an address or localhost");
        }
        Optional<String> origin = call.header("Origin");
        if (origin.isPresent() && !origin.get().equalsIgnoreCase("http://" + call.header("Host").orElse(""))) {
            return Optional.of("not from pages of other origins");
        }
        return Optional.empty();
    }

    private static boolean isLoopback(Call call) {
        return call.request().getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote
                && Optional.ofNullable(remote.getAddress()).map(InetAddress::isLoopbackAddress).orElse(false);
    }
}
