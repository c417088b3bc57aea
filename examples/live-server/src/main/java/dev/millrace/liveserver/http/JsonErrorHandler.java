package dev.millrace.liveserver.http;

import java.util.Locale;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Responses to requests that Jetty refuses or that have failed: the status in words, without the cause. */
final class JsonErrorHandler implements Request.Handler {

    JsonErrorHandler() {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Call call = new Call(request, response, callback);
        call.set("X-Content-Type-Options", "nosniff");
        JsonAnswers.error(call, status, HttpStatus.getMessage(status).toLowerCase(Locale.ROOT));
        return true;
    }
}
