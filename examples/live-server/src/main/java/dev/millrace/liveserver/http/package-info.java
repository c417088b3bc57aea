/**
 * The HTTP side of {@link dev.millrace.liveserver.LiveServer}, on Jetty: the API, HLS, HTTP-FLV, metrics and the page. Start
 * at {@link dev.millrace.liveserver.http.LiveHttpServer}; {@link dev.millrace.liveserver.http.Router} maps paths to handlers.
 */
package dev.millrace.liveserver.http;
