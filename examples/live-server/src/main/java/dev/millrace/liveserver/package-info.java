/**
 * A live video server built on Millrace: RTMP in and out, HLS, HTTP-FLV, a page, a REST API, snapshots and recordings. Start
 * at {@link dev.millrace.liveserver.LiveServer}.
 */
package dev.millrace.liveserver;
