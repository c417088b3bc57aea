/**
 * What {@link dev.millrace.liveserver.LiveServer} says over HTTP, on Jetty: the API, HLS, HTTP-FLV, metrics and the page. Start at
 * {@link dev.millrace.liveserver.http.LiveHttpServer}; {@link dev.millrace.liveserver.http.Router} says which path leads where.
 */
package dev.millrace.liveserver.http;
