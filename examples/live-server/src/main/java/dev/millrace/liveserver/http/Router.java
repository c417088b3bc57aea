package dev.millrace.liveserver.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Maps paths to handlers. Compares undecoded paths, so that no decoding turns one path into another.
 * Thread-safe.
 */
final class Router extends Handler.Abstract {

    private static final String SERVER = "/api/v1/server";

    /** Nobody here takes a body; one with a DELETE is thrown away, if it is not worth mentioning. */
    private static final long MAX_IGNORED_BODY_BYTES = 1_024;

    private final Routes routes;

    /**
     * What there is.
     *
     * @param server what {@value #SERVER} says
     * @param api streams
     * @param flv streams as FLV
     * @param hls streams as HLS, if they are
     * @param metrics for Prometheus
     * @param files the page
     * @param health whether the server is not about to close
     * @param deadlines hears of each request
     */
    record Routes(
            ObjectNode server,
            StreamsApi api,
            FlvHandler flv,
            Optional<HlsHandler> hls,
            MetricsHandler metrics,
            StaticFiles files,
            Health health,
            RequestDeadlines deadlines) {}

    Router(Routes routes) {
        this.routes = routes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        Call call = new Call(request, response, callback);
        routes.deadlines().arrived(request);
        call.set("X-Content-Type-Options", "nosniff");
        if (hasBody(call)) {
            call.set(HttpHeader.CONNECTION, "close");
            JsonAnswers.error(call, 413, "no request here has a body");
            return true;
        }
        try {
            route(call);
        } catch (BadRequestException e) {
            JsonAnswers.badRequest(call, e);
        }
        return true;
    }

    private static boolean hasBody(Call call) {
        long length = call.request().getLength();
        long allowed = call.method().equals("DELETE") ? MAX_IGNORED_BODY_BYTES : 0;
        return call.header("Transfer-Encoding").isPresent() || length > allowed;
    }

    private void route(Call call) throws BadRequestException, IOException {
        String path = call.rawPath();
        if (path.equals(StreamJson.STREAMS)) {
            routes.api().list(call);
        } else if (path.startsWith(StreamJson.STREAMS + "/")) {
            routes.api().below(call, path.substring(StreamJson.STREAMS.length() + 1));
        } else if (path.equals(SERVER)) {
            server(call);
        } else if (path.equals("/metrics")) {
            routes.metrics().answer(call);
        } else if (path.equals("/healthz")) {
            routes.health().answer(call);
        } else if (path.endsWith(FlvHandler.SUFFIX)) {
            routes.flv().answer(call);
        } else if (path.startsWith(HlsHandler.MOUNT + "/") && routes.hls().isPresent()) {
            routes.hls().get().answer(call);
        } else {
            routes.files().at(path).ifPresentOrElse(file -> file.answer(call), () -> JsonAnswers.notFound(call));
        }
    }

    private void server(Call call) {
        if (call.isRead()) {
            call.allowAllOrigins();
            JsonAnswers.send(call, 200, routes.server());
        } else {
            JsonAnswers.methodNotAllowed(call, Call.READ_METHODS);
        }
    }

    /** What the server says of itself. */
    static ObjectNode server(HttpServerOptions options, boolean hls) {
        ObjectNode server = JsonNodeFactory.instance.objectNode();
        server.put("version", options.version());
        server.put("rtmp_port", options.rtmpPort());
        server.put("hls", hls);
        server.put("publish_key", options.publishKey());
        return server;
    }
}
