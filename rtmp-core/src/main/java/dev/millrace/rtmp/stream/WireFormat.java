package dev.millrace.rtmp.stream;

/**
 * The chunk parameters of one socket.
 *
 * @param messageStreamId the message stream that frames are sent on
 * @param chunkBytes the chunk size in force towards the receiver
 */
record WireFormat(int messageStreamId, int chunkBytes) {}
