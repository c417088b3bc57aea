/**
 * What {@link dev.millrace.examples.LiveServer} says over HTTP, on Jetty: the API, HLS, HTTP-FLV, metrics and the page. Start at
 * {@link dev.millrace.examples.http.LiveHttpServer}; {@link dev.millrace.examples.http.Router} says which path leads where.
 */
package dev.millrace.examples.http;
