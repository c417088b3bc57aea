package dev.millrace.liveserver.http;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.eclipse.jetty.http.HttpHeader;

/** Serves metrics in the text format of Prometheus, collected for each scrape. Thread-safe. */
final class MetricsHandler {

    private final Metrics metrics;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    MetricsHandler(Metrics metrics) {
        this.metrics = metrics;
    }

    void answer(Call call) throws IOException {
        if (!call.isRead()) {
            JsonAnswers.methodNotAllowed(call, Call.READ_METHODS);
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out, metrics.gather());
        call.set(HttpHeader.CACHE_CONTROL, "no-store");
        call.send(200, PrometheusTextFormatWriter.CONTENT_TYPE, out.toByteArray());
    }
}
